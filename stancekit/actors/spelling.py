"""One spelling for matching: plain letters, straight quotes, single spaces, same offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

# White space that is not one plain space, combining marks, and characters without width.
_UNEVEN = re.compile(r"(?: ?[^\S ]|  )\s*|[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
_ARTICLE = re.compile(r"(?:[Aa][ldnrs]|[Aa]sh|[Ee]l|[Uu]l)-(?=[A-Z])")
_GAPS = re.compile(r"[\W_]+")
_LETTERS = {"Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "ı": "i", "ð": "d"}
_LETTERS |= {"Ð": "D", "þ": "t", "Þ": "T", "ə": "e", "Ə": "E", "Ħ": "H", "ħ": "h"}
_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"'}
_SIGNS |= {"„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "‒": "-"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in plain spelling that knows where its characters came from.

    Attributes
    ----------
    text
        The plain spelling.
    offsets
        Offset in the original of every character, and of the end; None where the two
        have the same offsets.
    """

    text: str
    offsets: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of a span of the plain spelling."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the plain spelling of a span of the original."""
        if self.offsets is None:
            return start, end
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


def fold(text: str) -> Folded:
    r"""Spell a text plainly: no diacritics, straight quotes, single spaces.

    Examples
    --------
    >>> fold("Erdoğan’s  visit").text
    "Erdogan's visit"
    >>> fold("Erdoğan’s  visit").span(0, 7)
    (0, 7)
    """
    plain = text if text.isascii() else text.translate(_table())
    if _UNEVEN.search(plain) is None:
        return Folded(plain)
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _UNEVEN.finditer(plain):
        pieces.append(plain[done : match.start()])
        offsets.extend(range(done, match.start()))
        if match.group().isspace():
            pieces.append(" ")
            offsets.append(match.start())
        done = match.end()
    pieces.append(plain[done:])
    offsets.extend(range(done, len(plain) + 1))
    return Folded("".join(pieces), offsets)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the plain spelling of a name.

    Examples
    --------
    >>> plain("Élysée Palace")
    'Elysee Palace'
    """
    return fold(text).text


def bare(word: str) -> str:
    """Return a name's word without the Arabic article, which newsrooms write in many ways.

    Examples
    --------
    >>> bare("al-Masri"), bare("El-Masri"), bare("Al")
    ('Masri', 'Masri', 'Al')
    """
    return _ARTICLE.sub("", word, count=1)


def slug(name: str) -> str:
    """Make a stable identifier of a name.

    Examples
    --------
    >>> slug("Lee Jae Myung")
    'lee-jae-myung'
    """
    return _GAPS.sub("-", plain(name).lower()).strip("-") or "actor"


@cache
def _table() -> dict[int, str]:
    table = {ord(sign): to for sign, to in (_LETTERS | _SIGNS).items()}
    table.update(dict.fromkeys((0x00A0, 0x202F, *range(0x2002, 0x200B)), " "))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base != chr(code):
            table.setdefault(code, base)
    return table
