"""Where the speaker ends that follows a verb or a preposition: "said Kim, the minister"."""

from __future__ import annotations

import re
from typing import Final

from stancekit.quotes.function_words import (
    APPOSITIVE,
    BREAKS,
    DETERMINERS,
    FINITE,
    STOPS,
    SUBJECTS,
    TIMES,
)
from stancekit.quotes.words import QUOTE, Words

_NUMBER: Final = re.compile(r"\d")
_PLACES: Final = frozenset({"in", "at", "on", "to", "with", "by"})
_WHY: Final = frozenset({"his", "her", "its", "their", "what", ""})
"""What follows "for" where it gives a reason: "praised by the mayor for its bread"."""


def source_after(words: Words, i: int, *, opening: bool = False) -> tuple[int, int]:
    """Return the noun phrase that starts at word `i`, with its appositions.

    Parameters
    ----------
    words, i
        The sentence, and where the phrase starts.
    opening
        Whether a clause must still follow, so that the phrase ends at its comma.
    """
    lows = words.lows
    j = i
    is_told = False
    while j < len(lows):
        low = lows[j]
        is_told |= low == "who"
        if low == ",":
            if not apposition_follows(words, j, opening=opening):
                break
        elif (
            low == QUOTE
            or low in BREAKS
            or (low in {".", "?", "!"} and j == len(lows) - 1)
            or (j > i and _stops(low, is_told=is_told) and not _stays(words, j))
        ):
            break
        j += 1
    while j > i and lows[j - 1] == ",":
        j -= 1
    return i, j


def _stops(low: str, *, is_told: bool) -> bool:
    """Whether a word ends a speaker, unless it names him; inside "who ..." places tell of him."""
    return low == "for" or (low in STOPS and not (is_told and low in _PLACES))


def _stays(words: Words, j: int) -> bool:
    """Whether a preposition or "and" at `j` goes on naming the speaker."""
    lows = words.lows
    low = lows[j]
    after = words.forms[j + 1] if j + 1 < len(words) else ""
    if low == "and":
        return after[:1].isupper() or after.lower() in DETERMINERS or after.islower()
    if low in {"in", "at", "on", "to"}:
        known = lows[j + 1 : j + 2]
        return after[:1].isupper() and not TIMES.intersection(known)
    if low == "for":
        return after not in _WHY and not after.endswith("ing")
    if low == "by":
        is_named = after[:1].isupper() or after in DETERMINERS
        return lows[j - 1].endswith("ed") or lows[j - 1] in TIMES or is_named
    return low == "who"


def apposition_follows(words: Words, comma: int, *, opening: bool) -> bool:
    """Whether a comma parts a name from what describes it: "Kim, the minister"."""
    lows = words.lows
    if comma + 1 >= len(lows):
        return False
    low = lows[comma + 1]
    likely = low in APPOSITIVE or bool(_NUMBER.match(low))
    likely = likely or (words.forms[comma + 1][:1].isupper() and low not in SUBJECTS)
    if not likely or not opening:
        return likely
    end = next((k for k in range(comma + 1, len(lows)) if lows[k] == ","), -1)
    inner = lows[comma + 1 : end]
    return end > 0 and not FINITE.intersection(inner) and end - comma < 14
