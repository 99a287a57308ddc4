"""Names, and what the text says of them: titles and appositions."""

from __future__ import annotations

from typing import Final

from stancekit.quotes.role_words import DOCUMENT
from stancekit.quotes.roles import Status, is_role, role_of
from stancekit.quotes.words import QUOTE, Words, word_set

_MARKS: Final = frozenset({",", ";", ":", "—", "–", "--", ".", QUOTE})
_LONGEST = 14
NAME_ENDS: Final = word_set(", of for from at who in on ()")
"""What ends the name at the front of a phrase."""


def described_role(words: Words, i: int) -> Status:
    """Judge the name at word `i` by its title and the appositions around it.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "The mayor, Ola Berg, came."
    >>> described_role(read_words(text, 0, len(text)), 4)
    'official'
    """
    if words.forms[i] in DOCUMENT:
        return _apposition(words, max(i - 2, 0))
    start, end = _name_run(words, i)
    lows = words.lows
    title = role_of(words.slice(max(start - 1, 0), i))
    if title == "unknown" and start > 1 and lows[start - 1] == ",":
        title = role_of(words.slice(_stretch_start(words, start - 1), start - 1))
    if title != "unknown" or end >= len(words):
        return title
    if lows[end] == "," or (
        lows[end] in {"is", "was"} and lows[end + 1 : end + 2] in (["a"], ["an"], ["the"])
    ):
        return _apposition(words, end + 1)
    return "unknown"


def description(words: Words, i: int) -> list[int]:
    """Return the indices of the words around the name at word `i` that may describe it.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "The mayor, Ola Berg, a former teacher, came."
    >>> words = read_words(text, 0, len(text))
    >>> [words.forms[k] for k in description(words, 4)]
    ['The', 'mayor', 'a', 'former', 'teacher']
    """
    start, end = _name_run(words, i)
    lows = words.lows
    first = start - (lows[start - 1 : start] == [","])
    is_apposed = lows[end : end + 1] == [","] or lows[end : end + 2] in (["is", "a"], ["was", "a"])
    after = range(end + 1, _stretch_end(words, end + 1) if is_apposed else end)
    return [*range(_stretch_start(words, first), first), *after]


def _name_run(words: Words, i: int) -> tuple[int, int]:
    """Return the run of capitalised words around word `i`."""
    start, end = i, i + 1
    while start > 0 and words.forms[start - 1][0].isupper():
        start -= 1
    while end < len(words) and words.forms[end][0].isupper():
        end += 1
    return start, end


def _stretch_start(words: Words, end: int) -> int:
    start = end
    while start > max(end - _LONGEST, 0) and words.lows[start - 1] not in _MARKS:
        start -= 1
    return start


def _apposition(words: Words, start: int) -> Status:
    if words.lows[start : start + 1] in (["and"], ["but"], ["or"]):
        return "unknown"
    return role_of(words.slice(start, _stretch_end(words, start)))


def _stretch_end(words: Words, start: int) -> int:
    end = start
    while end < min(start + _LONGEST, len(words)) and words.lows[end] not in _MARKS:
        end += 1
    return end


def bare(form: str) -> str:
    """Return a name without its possessive ending."""
    return form.removesuffix("'s").removesuffix("’s").strip("'’")


def name_ends(part: Words) -> list[str]:
    """Return the first and last word of the name that heads a phrase; nothing if none does.

    Examples
    --------
    >>> from stancekit.quotes.words import read_words
    >>> text = "Energy minister Ola Berg of Lund"
    >>> name_ends(read_words(text, 0, len(text)))
    ['Ola', 'Berg']
    """
    names: list[str] = []
    for form, low in zip(part.forms, part.lows, strict=True):
        if low in NAME_ENDS:
            break
        if not form[0].isupper() or low in {"the", "a", "an"}:
            names.clear()
        elif not is_role(low):
            names.append(bare(form))
    return [names[0], names[-1]] if names else []
