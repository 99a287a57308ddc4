"""What the text shows of a speaker, as names that a head can weigh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from stancekit.actors.nouns import singular
from stancekit.quotes.cues import cue_forms
from stancekit.quotes.descriptions import NAME_ENDS, description
from stancekit.quotes.function_words import (
    AUXILIARIES,
    CLAUSE_STARTS,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECTS,
)
from stancekit.quotes.roles import Status, is_role, role_of
from stancekit.quotes.words import Words, read_words
from stancekit.records import Actor

_MOST: Final = 4
_SHORT: Final = 3
_AFTER_HEAD: Final = NAME_ENDS | {"which", "whose", "whom", "near", "with", "that"}
_EMPTY: Final = DETERMINERS | PREPOSITIONS | SUBJECTS | AUXILIARIES | CLAUSE_STARTS
_LONGEST: Final = 24


def evidence_of(
    part: Words,
    actor: Actor | None,
    role: Status,
    status: Status,
    places: Iterable[tuple[Words, int]] = (),
) -> tuple[str, ...]:
    """Describe a speaker.

    Parameters
    ----------
    part
        The words that name the speaker here.
    actor
        Who it is, where it resolves.
    role, status
        What rules make of these words, and of all that they know.
    places
        Sentences and words where the text names the speaker.

    Returns
    -------
    tuple of str
        Each once, such as ``"word=spokesman"`` or ``"kind=country"``; never a name.

    Examples
    --------
    >>> text = "two officials"
    >>> evidence_of(read_words(text, 0, len(text)), None, "official", "official")
    ('role=official', 'status=official', 'actor=none', 'head=official', 'word=two', 'word=official')
    """
    return tuple(dict.fromkeys(_evidence(part, actor, role, status, places)))


def cue_evidence(cue: str) -> str:
    """Return the base form of a cue's verb as evidence.

    Examples
    --------
    >>> cue_evidence("has warned"), cue_evidence("according to")
    ('cue=warn', 'cue=according')
    """
    forms = cue_forms()
    lows = cue.lower().split()
    known = (forms[low].lemma for low in lows if low in forms)
    return f"cue={next(known, lows[0] if lows else 'none')}"


def _evidence(
    part: Words,
    actor: Actor | None,
    role: Status,
    status: Status,
    places: Iterable[tuple[Words, int]],
) -> Iterator[str]:
    yield f"role={role}"
    yield f"status={status}"
    yield f"actor={actor.kind if actor else 'none'}"
    if actor and actor.office:
        office = read_words(actor.office, 0, len(actor.office))
        yield f"office={role_of(office)}"
        yield from (f"office word={word}" for word in _common(office))
    words = _common(part)
    yield f"head={_head(part)}"
    yield from (f"word={word}" for word in words[:_LONGEST])
    for sentence, at in [*places][:_MOST]:
        for word in _common(description(sentence, at)):
            if word not in _EMPTY:
                yield f"described={word}"


def _head(part: Words) -> str:
    """Return the last common noun before a preposition, a relative clause or a comma."""
    ends = (at for at, low in enumerate(part.lows) if at and low in _AFTER_HEAD)
    nouns = _common(part.slice(0, next(ends, len(part))))
    return nouns[-1] if nouns else "none"


def _common(words: Words) -> list[str]:
    """Return the words that are no names, in the singular."""
    return [
        singular(low) if len(low) > _SHORT else low
        for form, low in zip(words.forms, words.lows, strict=True)
        if low[0].isalpha() and (form == low or is_role(low) or low in DETERMINERS)
    ]
