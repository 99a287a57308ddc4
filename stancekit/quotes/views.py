"""Speakers in an adverbial: "according to Kim", "in the view of Kim", "by Kim's estimate"."""

from __future__ import annotations

from typing import Final, NamedTuple

from stancekit.quotes.followers import source_after
from stancekit.quotes.function_words import BREAKS
from stancekit.quotes.phrases import has_finite
from stancekit.quotes.words import QUOTE, Words, word_set

_VIEWS: Final = word_set("view opinion words eyes judgment judgement reckoning estimation telling")
_FIGURES: Final = word_set(
    "estimate estimates reckoning count tally figures account calculation calculations forecast "
    "forecasts numbers telling admission"
)
_LEADS: Final = frozenset(("in", "by", "on"))
_OWNED: Final = {"in": _VIEWS, "by": _FIGURES, "on": _FIGURES}
"""What may follow: money lies "in Kim's account", and so much is "by Kim's account"."""

VIEW_ENDS: Final = _VIEWS | _FIGURES | {"to", "of"}
"""Words that such an adverbial's cue can end with."""

_POSSESSIVES: Final = word_set("his her its their")
_LONGEST: Final = 8


class View(NamedTuple):
    """An adverbial that names a speaker; every number is the index of a word.

    Attributes
    ----------
    start, end
        The adverbial, end exclusive.
    cue, source
        Ranges of the words that report, and of those that name the speaker.
    lemma
        ``"according to"``, or the noun.
    """

    start: int
    end: int
    cue: tuple[int, int]
    source: tuple[int, int]
    lemma: str


def find_view(words: Words, i: int) -> View | None:
    """Read the adverbial whose cue ends at word `i`.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> words = read_words("It will rain, in the view of Kim.", 0, 33)
    >>> words.forms[slice(*find_view(words, 7).source)]
    ['Kim']
    >>> words = read_words("By the ministry's own estimate it will rain.", 0, 44)
    >>> words.forms[slice(*find_view(words, 4).source)]
    ['the', "ministry's"]
    """
    lows = words.lows
    if lows[i] == "to" and lows[max(i - 1, 0)] == "according":
        return _followed(words, i - 1, i, "according to")
    if lows[i] == "of" and i > 2 and lows[i - 1] in _VIEWS and lows[i - 2] == "the":
        return _followed(words, i - 3, i, lows[i - 1]) if lows[i - 3] in _LEADS else None
    return _owned(words, i) if lows[i] in _FIGURES or lows[i] in _VIEWS else None


def _followed(words: Words, start: int, i: int, lemma: str) -> View:
    source = source_after(words, i + 1, opening=start == 0)
    return View(start, source[1], (start, i + 1), source, lemma)


def _owned(words: Words, i: int) -> View | None:
    """Read "by the ministry's own estimate", the noun being word `i`; not "hit by its forecast"."""
    lows = words.lows
    end = i - (lows[i - 1 : i] == ["own"])
    for k in range(end - 1, max(end - _LONGEST, 0) - 1, -1):
        if lows[k] in _LEADS:
            is_view = lows[i] in _OWNED[lows[k]] and not has_finite(lows[max(k - 1, 0) : k])
            is_owned = end > k + 1 and _is_owner(lows[end - 1])
            view = View(k, i + 1, (i, i + 1), (k + 1, end), lows[i])
            return view if is_view and is_owned else None
        if lows[k] in BREAKS or lows[k] == QUOTE or has_finite([lows[k]]):
            break
    return None


def _is_owner(low: str) -> bool:
    return low.endswith(("'s", "s'")) or low in _POSSESSIVES
