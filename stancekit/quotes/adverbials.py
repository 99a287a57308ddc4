"""What is stepped over between a reporting verb and what it reports."""

from __future__ import annotations

import re

from stancekit.quotes.function_words import (
    BREAKS,
    DAYS,
    DETERMINERS,
    EVENTS,
    PREPOSITIONS,
    SUBJECTS,
    TIMES,
)
from stancekit.quotes.phrases import has_finite
from stancekit.quotes.words import QUOTE, Words

_NUMBER = re.compile(r"\d")
_LONGEST_ADVERBIAL = 8
_LONGEST_LISTENER = 4
_PLACE_MARKS = frozenset(("in", "at", "near", "outside"))
_AFTER_PLACE = BREAKS | DETERMINERS | SUBJECTS | {".", "that", "how", "why", "whether", QUOTE}


def skip_adverbials(words: Words, i: int, *, listener: bool = False, place: bool = False) -> int:
    """Step over times, places of speaking and listeners after a reporting verb.

    Parameters
    ----------
    words, i
        The sentence, and the word after the verb.
    listener, place
        Whether the verb takes a listener ("told reporters"), and whether a town may
        follow where it was spoken ("said in Oslo that").

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "said on Monday in a statement that all was well"
    >>> read_words(text, 0, len(text)).forms[skip_adverbials(read_words(text, 0, len(text)), 1)]
    'that'
    """
    lows = words.lows
    if listener:
        i = _skip_listener(words, i)
    while i < len(lows):
        after = _skip_one(words, i)
        if after == i and place:
            after = _skip_place(words, i)
        if after == i:
            break
        i = after
    return i


def _skip_one(words: Words, i: int) -> int:
    lows = words.lows
    if lows[i] in TIMES:
        return i + 1
    if lows[i] not in PREPOSITIONS:
        return i
    for j in range(i + 1, min(i + _LONGEST_ADVERBIAL, len(lows))):
        low = lows[j]
        if low in EVENTS or _is_date(lows, j):
            while j + 1 < len(lows) and (
                lows[j + 1] in EVENTS or _NUMBER.match(lows[j + 1]) or lows[j + 1] in TIMES
            ):
                j += 1
            return j + 1
        if low in BREAKS or low in {"that", "least", QUOTE} or has_finite([low]):
            break
    return i


def _skip_place(words: Words, i: int) -> int:
    """Step over "in Ankara" or "in Ankara, Turkey," where what is said, or nothing, follows."""
    lows = words.lows
    first = i + 1 + (lows[i + 1 : i + 2] == ["the"])
    end = words.name_end(first, len(words))
    if lows[i] not in _PLACE_MARKS or end == first:
        return i
    country = words.name_end(end + 1, len(words))
    is_named = lows[end : end + 1] == [","] and country > end + 1
    if is_named and lows[country : country + 1] in ([","], ["."]):
        end = country + (lows[country] == ",")
    follows = lows[end] if end < len(lows) else "."
    is_end = follows in _AFTER_PLACE or follows in TIMES or follows in PREPOSITIONS
    return end if is_end else i


def _is_date(lows: list[str], j: int) -> bool:
    if lows[j] in {"march", "may"}:
        return bool(_NUMBER.match("".join(lows[j + 1 : j + 2])))
    return lows[j] in DAYS


def _skip_listener(words: Words, i: int) -> int:
    lows = words.lows
    for j in range(i, min(i + 10, len(lows))):
        if lows[j] in {"that", ",", ":", QUOTE, "how", "why", "whether", "to"}:
            return j
        begins = j > i and lows[j] in DETERMINERS and lows[j - 1] not in PREPOSITIONS
        if lows[j] in SUBJECTS or begins or _skip_place(words, j) > j:
            return j
    end = i + 1
    if end < len(lows) and lows[i] in DETERMINERS:
        # "The court" are two words, "the high court" three where a name follows.
        near = range(i + 2, min(i + _LONGEST_LISTENER, len(lows)))
        end = next((k for k in near if words.is_capital(k)), i + 2)
    return min(end, len(lows))
