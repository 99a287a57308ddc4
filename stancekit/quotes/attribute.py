"""Who says what, by rule: what stands in quotation marks, and what clauses report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stancekit.quotes.attributions import NO_OWNER, NOWHERE, Attribution, Owner
from stancekit.quotes.clauses import Clause, find_clauses, outer
from stancekit.quotes.naming import Sources, Voice
from stancekit.quotes.phrases import first_subject
from stancekit.quotes.spans import Quote, is_phrase
from stancekit.quotes.splitting import SplitSentence
from stancekit.quotes.words import QUOTE, Words
from stancekit.records import Sentence


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as read, with its reporting clauses and voices."""

    split: SplitSentence
    clauses: list[Clause]
    voices: list[Voice]


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
    reads = [_read(one, voices) for one in body]
    owners = _owners(text, quotes, reads)
    found = [*_reported(reads), *_direct(text, quotes, owners)]
    return sorted(found, key=lambda one: (one.start, -one.end, one.direct))


def _read(one: SplitSentence, voices: Sources) -> _Read:
    clauses = find_clauses(one.words, headline=one.sentence.role == "headline")
    if one.quotes and not clauses:
        clauses = _cueless(one.words)
    found = _voices(voices, one.words, clauses)
    return _Read(one, clauses, found)


def _cueless(words: Words) -> list[Clause]:
    """Take the subject of a sentence without a cue as the speaker of the quotes in it."""
    source = first_subject(words, len(words))
    if source[0] == source[1] or words.lows[source[0]] == QUOTE:
        return []
    return [Clause((source[1], source[1]), source, "", ())]


def _voices(voices: Sources, words: Words, clauses: list[Clause]) -> list[Voice]:
    """Resolve the voices of a sentence; only outermost ones are remembered as speakers."""
    top = {id(clause) for clause in outer(clauses)}
    found = []
    for clause in clauses:
        voice = voices.resolve(words, *clause.source)
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
            if owners[quote] is None and last and here - spoken <= 1:
                goes_on = _goes_on(text, quotes, quote, read.split.sentence)
                owners[quote] = Owner(last.voice) if goes_on else None
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


def _goes_on(text: str, quotes: Sequence[Quote], quote: int, sentence: Sentence) -> bool:
    """Whether a quote without a cue goes on with the speech before it."""
    if quote and not quotes[quote - 1].closes:
        return True
    return quotes[quote].outer_start <= sentence.start and not is_phrase(text, quotes[quote])
