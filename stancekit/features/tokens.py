"""Words of a sentence with their offsets, in the form that features count."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

NAME = "Aa"
"""Stands for every capitalised name, so that a model can't learn who is who."""

NUMBER = "0"
"""Stands for every number but a year."""

YEAR = "0000"
"""Stands for every year."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TOKEN = re.compile(r"\w+(?:[-'\u2019]\w+)*|[^\w\s]")
_SENTENCE_OPENERS = frozenset("\"'\u201c\u2018\u00ab([-\u2013\u2014")
_QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"'}
)
_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_ENGLISH_CAPITALS = frozenset(
    "I I'm I'd I'll I've Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February March April May June July August September October November December".split()
)


class Token(NamedTuple):
    """A word or mark.

    Attributes
    ----------
    form
        Lower case with straight quotes; `NAME` for a name, `NUMBER` or `YEAR` for figures.
    start, end
        Character offsets in the sentence, end exclusive.
    """

    form: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def tokenize(text: str) -> tuple[Token, ...]:
    """Split a sentence into words and marks.

    Parameters
    ----------
    text
        One sentence.

    Returns
    -------
    tuple of Token
        In order; white space belongs to none.

    Examples
    --------
    >>> [token.form for token in tokenize("On Monday Ms Ito won 12 seats.")]
    ['on', 'monday', 'Aa', 'Aa', 'won', '0', 'seats', '.']
    """
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    shouting = sum(word.isupper() for word, _, _ in found) * 2 > len(found)
    tokens: list[Token] = []
    opening = True
    for word, start, end in found:
        tokens.append(Token(_form(word, cased=not (opening or shouting)), start, end))
        opening = (opening and word in _SENTENCE_OPENERS) or word in _SENTENCE_OPENERS
    return tuple(tokens)


def _form(word: str, *, cased: bool) -> str:
    first = word[0]
    if first.isdigit():
        return YEAR if _YEAR.fullmatch(word) else NUMBER
    if cased and first.isupper() and word not in _ENGLISH_CAPITALS:
        return NAME
    return _POSSESSIVE.sub("", word).lower().translate(_QUOTES) or word
