"""What the text shows of a speaker, as names that a head can weigh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
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
    told: Iterable[str] = (),
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
    told
        What the text tells of the speaker elsewhere, see `told_of`.

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
    shown = _shown(part, actor, role, status)
    return tuple(dict.fromkeys([*shown, *told]))


def told_of(actor: Actor | None, places: Iterable[tuple[Words, int]]) -> list[str]:
    """Describe a speaker by his office, and by the words around his name.

    Parameters
    ----------
    actor
        Who it is, where it resolves.
    places
        Sentences and words where the text names the speaker.
    """
    return list(dict.fromkeys(_told(actor, places)))


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


def _shown(part: Words, actor: Actor | None, role: Status, status: Status) -> Iterator[str]:
    yield f"role={role}"
    yield f"status={status}"
    yield f"actor={actor.kind if actor else 'none'}"
    # The head is the last common noun before a preposition, a relative clause or a comma.
    ends = (at for at, low in enumerate(part.lows) if at and low in _AFTER_HEAD)
    end = next(ends, len(part))
    words = _common(part, range(end))
    yield f"head={words[-1] if words else 'none'}"
    words += _common(part, range(end, len(part)))
    yield from (f"word={word}" for word in words[:_LONGEST])


def _told(actor: Actor | None, places: Iterable[tuple[Words, int]]) -> Iterator[str]:
    if actor and actor.office:
        office = read_words(actor.office, 0, len(actor.office))
        yield f"office={role_of(office)}"
        yield from (f"office word={word}" for word in _common(office, range(len(office))))
    for sentence, at in islice(places, _MOST):
        for word in _common(sentence, description(sentence, at)):
            if word not in _EMPTY:
                yield f"described={word}"


def _common(words: Words, kept: Iterable[int]) -> list[str]:
    """Return those of some words that are no names, in the singular."""
    found = []
    for at in kept:
        form, low = words.forms[at], words.lows[at]
        if low[0].isalpha() and (form == low or is_role(low) or low in DETERMINERS):
            found.append(singular(low) if len(low) > _SHORT else low)
    return found
