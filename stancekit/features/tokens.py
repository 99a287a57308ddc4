"""Words of a sentence with their offsets, in the form that features count."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from stancekit.actors.lexicon import lexicon

NAME = "Aa"
"""Stands for every capitalised name, so that a model can't learn who is who."""

NUMBER = "0"
"""Stands for every number but a year."""

YEAR = "0000"
"""Stands for every year."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TOKEN = re.compile(r"\w+(?:[-'\u2019]\w+)*|[^\w\s]")
_OPENERS = frozenset("\u201c\u2018\u00ab([-\u2013\u2014")
_STRAIGHT = frozenset("\"'")
_QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"'}
)
_POSSESSIVE = re.compile(r"'s$", re.IGNORECASE)
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
    >>> [token.form for token in tokenize("Kenya thanked Togo's envoys.")]
    ['Aa', 'thanked', 'Aa', 'envoys', '.']
    """
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    shouting = sum(word.isupper() for word, _, _ in found) * 2 > len(found)
    tokens: list[Token] = []
    opening = True
    for word, start, end in found:
        is_name = not shouting and _is_name(word, opening=opening)
        tokens.append(Token(NAME if is_name else _form(word), start, end))
        # A straight quotation mark that is glued to what stands before it closes.
        free = opening or text[start - 1].isspace()
        opening = word in _OPENERS or (word in _STRAIGHT and free)
    return tuple(tokens)


def phrase_forms(phrase: str) -> list[str]:
    """Give the form of each word of a noun phrase: capitalised titles stay, names don't.

    Examples
    --------
    >>> phrase_forms("Foreign Minister Ida Falk")
    ['foreign', 'minister', 'Aa', 'Aa']
    """
    words = [match.group() for match in _TOKEN.finditer(phrase)]
    return [
        NAME if _is_name(word, opening=True) else _form(word) for word in words if word[0].isalnum()
    ]


def _is_name(word: str, *, opening: bool) -> bool:
    """Tell a name by its capital; the first word of a sentence must also be no common one."""
    if not word[0].isupper() or word.translate(_QUOTES) in _ENGLISH_CAPITALS:
        return False
    form = _form(word)
    return not opening or not (
        len(form) == 1 or "'" in form or form.split("-")[0] in lexicon().common
    )


def _form(word: str) -> str:
    if word[0].isdigit():
        return YEAR if _YEAR.fullmatch(word) else NUMBER
    return _POSSESSIVE.sub("", word.translate(_QUOTES)).lower()
