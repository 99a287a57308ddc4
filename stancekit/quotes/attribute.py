"""Who says what, by rule: what stands in quotation marks, and what clauses report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stancekit.quotes.attributions import NO_OWNER, NOWHERE, Attribution, Owner
from stancekit.quotes.clauses import find_clauses, outer
from stancekit.quotes.groups import some_of_group
from stancekit.quotes.idioms import Clause, unlisted
from stancekit.quotes.naming import NOBODY, Sources, Voice
from stancekit.quotes.natures import nature_of
from stancekit.quotes.phrases import first_subject
from stancekit.quotes.references import pronoun_of
from stancekit.quotes.spans import Quote, is_phrase
from stancekit.quotes.splitting import SplitSentence
from stancekit.quotes.words import QUOTE, Words
from stancekit.records import Sentence

_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
_HUMAN: Final = frozenset({"he", "she"})
_HUMAN_NATURES: Final = _HUMAN | {"person", "any"}
_LONGEST_PAUSE: Final = 3
"""Sentences of the narrator after which somebody still goes on to say "I ..."."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as read.

    Attributes
    ----------
    split
        Its words.
    clauses, voices
        Its reporting clauses, and who speaks in each.
    person
        Whom it is about, where nobody speaks in it but soon after it.
    """

    split: SplitSentence
    clauses: list[Clause]
    voices: list[Voice]
    person: Voice = NOBODY


def attribute_by_rule(
    text: str, body: Sequence[SplitSentence], quotes: Sequence[Quote], voices: Sources
) -> list[Attribution]:
    """Find what is said, and who says it, by rule.

    Parameters
    ----------
    text
        The article.
    body
        Its sentences as words, without boilerplate.
    quotes
        The stretches in quotation marks, see `stancekit.quotes.spans.direct_quotes`.
    voices
        Fresh: speakers are resolved, if at all, and remembered in text order.

    Returns
    -------
    list of Attribution
        In text order, what holds another before it.
    """
    reads: list[_Read] = []
    for at, one in enumerate(body):
        after = body[at + 1 : at + 1 + _LONGEST_PAUSE]
        is_pause = not one.quotes and any(other.quotes for other in after)
        reads.append(_read(one, voices, reads[-1:], is_pause=is_pause))
    owners = _owners(text, quotes, reads)
    found = [*_reported(reads), *_direct(text, quotes, owners)]
    return sorted(found, key=lambda one: (one.start, -one.end, one.direct))


def _read(one: SplitSentence, voices: Sources, last: Sequence[_Read], *, is_pause: bool) -> _Read:
    clauses = find_clauses(one.words, headline=one.sentence.role == "headline")
    if one.quotes and not clauses:
        clauses = _cueless(one.words)
    if not clauses and is_pause:
        return _Read(one, [], [], _person(voices, one.words))
    told = [read.split.words for read in last if not read.clauses]
    return _Read(one, clauses, _voices(voices, one.words, clauses, told))


def _person(voices: Sources, words: Words) -> Voice:
    """Resolve the subject of a sentence, if that is a person."""
    start, end = first_subject(words, len(words))
    if start == end or words.lows[start] == QUOTE:
        return NOBODY
    part = words.slice(start, end)
    is_person = pronoun_of(part.lows) in _HUMAN or nature_of(part, None) in _HUMAN | {"person"}
    is_named = len(part) > 1 and all(form[0].isupper() for form in part.forms)
    if not is_person and not is_named:
        return NOBODY
    voice = voices.resolve(words, start, end)
    return voice if is_person or voice.nature in _HUMAN_NATURES else NOBODY


def _cueless(words: Words) -> list[Clause]:
    """Take the subject of a sentence without a cue as the speaker of the quotes in it."""
    if clause := unlisted(words):
        return [clause]
    source = first_subject(words, len(words))
    if source[0] == source[1] or words.lows[source[0]] in {QUOTE, "there"}:
        return []
    return [Clause((source[1], source[1]), source, "", ())]


def _voices(
    voices: Sources, words: Words, clauses: list[Clause], told: Sequence[Words]
) -> list[Voice]:
    """Resolve the voices of a sentence; only outermost ones are remembered as speakers."""
    top = {id(clause) for clause in outer(clauses)}
    found = []
    for clause in clauses:
        part = words.slice(*clause.source)
        near = [words.slice(0, clause.source[0]), *told] if clause is clauses[0] else []
        voice = some_of_group(voices, part, near) or voices.resolve(words, *clause.source)
        if id(clause) in top and clause.lemma:
            voices.remember(voice)
        found.append(voice)
    return found


def _reported(reads: Sequence[_Read]) -> Iterator[Attribution]:
    for read in reads:
        lows = read.split.words.lows
        for clause, voice in zip(read.clauses, read.voices, strict=True):
            for left, right in clause.contents:
                if right - left > 1 or lows[left] != QUOTE:
                    start, end = read.split.words.starts[left], read.split.words.ends[right - 1]
                    yield Attribution(start, end, False, Owner(voice, _cue(read, clause)))


def _direct(
    text: str, quotes: Sequence[Quote], owners: Sequence[Owner | None]
) -> Iterator[Attribution]:
    for quote, owner in zip(quotes, owners, strict=True):
        if owner is not None or not is_phrase(text, quote):
            yield Attribution(quote.start, quote.end, True, owner or NO_OWNER)


def _cue(read: _Read, clause: Clause) -> tuple[int, int]:
    if clause.cue[0] == clause.cue[1]:
        return NOWHERE
    return read.split.words.starts[clause.cue[0]], read.split.words.ends[clause.cue[1] - 1]


def _owners(text: str, quotes: Sequence[Quote], reads: Sequence[_Read]) -> list[Owner | None]:
    """Return the owner of each quote: from its own sentences, else from those around it."""
    owners: list[Owner | None] = [None] * len(quotes)
    for read in reads:
        at = (w for w, low in enumerate(read.split.words.lows) if low == QUOTE)
        for quote, word in zip(read.split.quotes, at, strict=False):
            owners[quote] = owners[quote] or _owner_here(text, read, quotes[quote], word)
    for before, read in pairwise(reads):
        bare = _bare_clause(read)
        if bare and before.split.quotes and owners[before.split.quotes[-1]] is None:
            owners[before.split.quotes[-1]] = bare
    last: Owner | None = None
    spoken = -2
    for here, read in enumerate(reads):
        for quote in read.split.quotes:
            if owners[quote] is None and _goes_on(text, quotes, quote, read.split.sentence):
                pause = reads[max(spoken + 1, here - _LONGEST_PAUSE - 1, 0) : here]
                is_own = _FIRST_PERSON.search(text, quotes[quote].start, quotes[quote].end)
                owners[quote] = _going_on(last, pause, is_own=is_own is not None)
        latest = owners[read.split.quotes[-1]] if read.split.quotes else _outer_owner(read)
        if latest:
            last, spoken = latest, here
    return owners


def _bare_clause(read: _Read) -> Owner | None:
    """Read a sentence that is nothing but the attribution of the quote before it."""
    if read.split.quotes or len(read.clauses) != 1 or read.clauses[0].contents:
        return None
    return Owner(read.voices[0], _cue(read, read.clauses[0]))


def _outer_owner(read: _Read) -> Owner | None:
    top = next(outer(read.clauses), None)
    return Owner(read.voices[read.clauses.index(top)]) if top else None


def _owner_here(text: str, read: _Read, quote: Quote, word: int) -> Owner | None:
    """Find the clause of the sentence that reports the quote at `word`."""
    if not read.clauses or (not read.clauses[0].lemma and is_phrase(text, quote)):
        return None
    sizes = []
    for i, clause in enumerate(read.clauses):
        holding = [right - left for left, right in clause.contents if left <= word < right]
        away = abs(word - clause.cue[0])
        sizes.append((0, min(holding), i) if holding else (1, away, i))
    i = min(sizes)[2]
    return Owner(read.voices[i], _cue(read, read.clauses[i]))


def _going_on(last: Owner | None, pause: Sequence[_Read], *, is_own: bool) -> Owner | None:
    """Say whose a bare quote is: of whom the sentence before tells, or of who spoke last.

    After a pause in which the narrator tells of nobody else, only "I ..." shows that who
    spoke last goes on.
    """
    if not pause:
        return Owner(last.voice) if last else None
    if pause[-1].person is not NOBODY:
        return Owner(pause[-1].person)
    is_free = any(read.person is not NOBODY for read in pause)
    if last is None or not is_own or is_free or len(pause) > _LONGEST_PAUSE:
        return None
    return Owner(last.voice)


def _goes_on(text: str, quotes: Sequence[Quote], quote: int, sentence: Sentence) -> bool:
    """Whether a quote without a cue goes on with the speech before it."""
    if quote and not quotes[quote - 1].closes:
        return True
    return quotes[quote].outer_start <= sentence.start and not is_phrase(text, quotes[quote])
