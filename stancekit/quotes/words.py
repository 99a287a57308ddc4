"""Words of a sentence, with each direct quotation standing as one mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


def word_set(words: str) -> frozenset[str]:
    """Return the words of a space-separated list."""
    return frozenset(words.split())


QUOTE = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
"""Stands for a direct quotation, marks included, in `Words.lows`."""

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|[A-Z]\.(?=\s?[A-Z])|\d+(?:[.,]\d+)*(?:-[^\W\d_]+)*"
    r"|\w+(?:[-’'&]\w+)*|\([^()]{1,40}\)|--+|[^\w\s]"
)
_ABBREVIATED = word_set(
    "mr mrs ms dr sen rep gov gen col lt sgt capt prof st jr sr rev hon maj cmdr adm supt insp "
    "det inc corp ltd co dept"
)


@dataclass(slots=True)
class Words:
    """Words and punctuation marks, as parallel lists.

    Attributes
    ----------
    forms, lows
        As written, and in lower case with straight apostrophes.
    starts, ends
        Character offsets in the article's text.
    """

    forms: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lows)

    def slice(self, start: int, end: int) -> Words:
        """Return the words from one index to another."""
        part = slice(start, end)
        return Words(self.forms[part], self.lows[part], self.starts[part], self.ends[part])

    def is_capital(self, at: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.forms[at][0].isupper()

    def name_end(self, start: int, end: int) -> int:
        """Return where the capitalised words end that a stretch begins with."""
        return next((k for k in range(start, end) if not self.is_capital(k)), max(start, end))


def read_words(text: str, start: int, end: int, quotes: Iterable[tuple[int, int]] = ()) -> Words:
    """Split a stretch of text into words.

    Parameters
    ----------
    text
        The article.
    start, end
        The stretch, in characters.
    quotes
        Spans of direct quotations, marks included, in order; each becomes one `QUOTE`.

    Examples
    --------
    >>> read_words('He said "yes".', 0, 14, [(8, 13)]).forms
    ['He', 'said', '"yes"', '.']
    """
    words = Words()
    for left, right in quotes:
        left, right = max(left, start), min(right, end)
        if left < right:
            _read(words, text, start, left)
            words.forms.append(text[left:right])
            words.lows.append(QUOTE)
            words.starts.append(left)
            words.ends.append(right)
            start = right
    _read(words, text, start, end)
    return words


def _read(words: Words, text: str, start: int, end: int) -> None:
    forms, lows, starts, ends = words.forms, words.lows, words.starts, words.ends
    for match in _TOKEN.finditer(text, start, end):
        form, (left, right) = match[0], match.span()
        if form == "." and lows and lows[-1] in _ABBREVIATED:
            forms[-1] += form
            ends[-1] = right
            continue
        low = form.lower().replace("’", "'")
        if form == "WHO" and not text[start:end].isupper():
            low = "w.h.o."
        forms.append(form)
        lows.append("()" if low[0] == "(" != low else low)
        starts.append(left)
        ends.append(right)
