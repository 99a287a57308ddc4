"""A reporting clause, and the idioms that make one: "trade blame", "he went on"."""

from __future__ import annotations

from dataclasses import dataclass

from stancekit.quotes.contents import trim
from stancekit.quotes.cues import Cue
from stancekit.quotes.followers import source_after
from stancekit.quotes.phrases import has_finite, source_before
from stancekit.quotes.words import QUOTE, Words, word_set

_STOPS = frozenset({",", ".", "!", "?"})
_SAID = frozenset({",", "?", "!", "—", "–", "…"})
_PARTICLES = frozenset({"back", "out", "in", "up"})
_SHORTEST = 4
_GOES = frozenset({"went", "goes"})
_TRADED = word_set("trade trades traded swap swaps swapped exchange exchanges exchanged")
_QUARRELS = dict.fromkeys(("blame", "accusations", "insults", "barbs"), _TRADED) | {
    "foul": frozenset({"cry", "cries", "cried"})
}
"""Nouns that with a verb before them say that somebody accuses: "trade blame", "cries foul"."""

_PRAISE = frozenset({"praise", "applause", "thanks", "backing"})
_VERDICTS = _PRAISE | {"criticism", "condemnation", "rebuke", "rebukes", "scorn", "protests"}
_DRAWS = word_set(
    "win wins won winning draw draws drew drawn drawing earn earns earned receive receives "
    "received attract attracts attracted provoke provoked"
)
_LONGEST_VERDICT = 5

IDIOM_ENDS = frozenset(_QUARRELS) | {"from", "on"}
"""Words that an idiom can end with."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause; every pair is a range of word indices, end exclusive.

    Attributes
    ----------
    cue, source
        The reporting words, and those that name the speaker (empty range if none do).
    lemma
        Base form of the cue's verb, or ``"according to"``.
    contents
        What is reported, in order, beside what stands in quotation marks.
    """

    cue: tuple[int, int]
    source: tuple[int, int]
    lemma: str
    contents: tuple[tuple[int, int], ...]


def find_idiom(words: Words, i: int) -> Clause | None:
    """Read the idiom whose last word is word `i`, or None.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> words = read_words("The plan drew criticism from unions.", 0, 36)
    >>> words.forms[slice(*find_idiom(words, 4).source)]
    ['unions']
    """
    low, before = words.lows[i], words.lows[max(i - 1, 0)]
    if before in _QUARRELS.get(low, ()):
        return Clause((i - 1, i), source_before(words, i - 1, 0), "accuse", ((i, i + 1),))
    if low == "from" and before in _VERDICTS:
        return _drawn(words, i)
    return _goes_on(words, i) if low == "on" and before in _GOES else None


def passive(words: Words, i: int, cue: Cue) -> Clause:
    """Read "The mill was praised by the mayor for its bread", `i` being "praised"."""
    source = source_after(words, i + 2)
    contents = trim(words, [source_before(words, i, 0), (source[1], len(words))])
    return Clause((i, i + 1), source, cue.lemma, contents)


def is_said(words: Words, at: int) -> bool:
    """Whether a quotation stands at word `at` whose last mark shows that somebody says it.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> is_said(read_words('"No," said Kim', 0, 14, [(0, 5)]), 0)
    True
    """
    return words.lows[at] == QUOTE and words.forms[at].rstrip("\"'”’»“")[-1:] in _SAID


def unlisted(words: Words) -> Clause | None:
    """Read '"No," laughed Kim' and '"No," she shot back', whatever the verb.

    Parameters
    ----------
    words
        A sentence in which no verb is known to report.
    """
    if len(words) < _SHORTEST or not is_said(words, 0):
        return None
    particle = 2 + (words.lows[2] in _PARTICLES)
    if not has_finite(words.lows[1:2]):
        return None
    source = source_after(words, particle)
    is_whole = source[0] < source[1] and words.lows[source[1]] in _STOPS
    return Clause((1, particle), source, words.lows[1], ()) if is_whole else None


def _goes_on(words: Words, i: int) -> Clause | None:
    """Read "The boat, he went on, was late", `i` being that of "on"."""
    source = source_before(words, i - 1, 0)
    before = words.forms[source[0] - 1] if source[0] else ""
    is_amid = before == "," or before[-2:-1] in _STOPS
    after = words.lows[i + 1 : i + 2]
    if source[0] == source[1] or not is_amid or after not in ([","], ["."], [":"], [QUOTE]):
        return None
    contents = trim(words, [(0, source[0]), (i + 1, len(words))])
    return Clause((i - 1, i + 1), source, "go on", contents)


def _drawn(words: Words, i: int) -> Clause | None:
    """Read "The plan drew criticism from unions", `i` being that of "from"."""
    near = range(i - 2, max(i - _LONGEST_VERDICT, -1), -1)
    verb = next((k for k in near if words.lows[k] in _DRAWS), -1)
    source = source_after(words, i + 1)
    if verb < 0 or source[0] == source[1]:
        return None
    kind = "praise" if words.lows[i - 1] in _PRAISE else "criticise"
    contents = trim(words, [source_before(words, verb, 0), (source[1], len(words))])
    return Clause((i - 1, i), source, kind, contents)
