"""Words of a text, and what they look like: a tokenizer without case doesn't tell an encoder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.intp]

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+|\S")

SHAPES: Final = (
    *("edge", "aa", "a", "Aa", "AA", "A", "aA", "Abc", "Abcdefghi", "ABC"),
    *("0", "0000", "0a", "-", "'", '"', "quote", ".", ",", "(", ")", ":", "&", "$", "mark"),
)
"""What a word can look like; ``"edge"`` is none at all, before the first and after the last."""

LINES: Final = ("plain", "capitals", "titled")
"""How a text uses capitals: as English does, for every letter, for nearly every word."""

_MARKS = {"-": "-", "–": "-", "—": "-", "'": "'", "’": "'", '"': '"', "“": "quote", "”": '"'}
_MARKS |= {"‘": "quote", "«": "quote", "»": '"', ".": ".", ",": ",", "(": "(", "[": "("}
_MARKS |= {")": ")", "]": ")", ":": ":", ";": ":", "&": "&", "$": "$", "€": "$", "£": "$"}
_LONG = 8
_SHORT = 3
_YEAR = 4


def word_offsets(text: str) -> Ints:
    """Split a text into runs of letters and digits and into single marks.

    Names can end at a hyphen, an apostrophe or a full stop, so words end there too.

    Parameters
    ----------
    text
        Any string.

    Returns
    -------
    array, (n_words, 2)
        Character offsets, end exclusive.

    Examples
    --------
    >>> word_offsets("US-led, he said").tolist()
    [[0, 2], [2, 3], [3, 6], [6, 7], [8, 10], [11, 15]]
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    return np.array(spans, dtype=np.intp).reshape(-1, 2)


class Looks(NamedTuple):
    """The words of a text, and what they look like.

    Attributes
    ----------
    offsets
        Shape (n_words, 2), see `word_offsets`; not to be written to.
    starts, ends
        The same, for quick look-ups.
    shapes
        Places in `SHAPES`, shape (n_words,); not to be written to.
    line
        Place in `LINES`.
    opener
        Number of the first word with a letter or digit; -1 if none has.
    """

    offsets: Ints
    starts: Sequence[int]
    ends: Sequence[int]
    shapes: Ints
    line: int
    opener: int


@lru_cache(maxsize=1024)
def look_at(text: str) -> Looks:
    """Split a text into words and tell what they look like; several taggers ask for it."""
    offsets = word_offsets(text)
    starts, ends = offsets[:, 0].tolist(), offsets[:, 1].tolist()
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    shapes = shape_codes(words)
    offsets.flags.writeable = shapes.flags.writeable = False
    opener = next((at for at, word in enumerate(words) if word[0].isalnum()), -1)
    return Looks(offsets, tuple(starts), tuple(ends), shapes, line_code(words), opener)


def shape_codes(words: Sequence[str]) -> Ints:
    """Tell what words look like, as places in `SHAPES`."""
    return np.fromiter(map(_shape_code, words), dtype=np.intp, count=len(words))


def line_code(words: Sequence[str]) -> int:
    """Tell how a text uses capitals, as a place in `LINES`.

    Examples
    --------
    >>> LINES[line_code("RATES ROSE".split())], LINES[line_code("Rates rose".split())]
    ('capitals', 'plain')
    """
    letters = [word for word in words if word[0].isalpha() and len(word) > _SHORT]
    n_lower = sum(word[0].islower() for word in letters)
    if sum(word.isupper() for word in letters) * 2 > len(letters):
        return 1
    return 2 if len(letters) > 1 and n_lower * 4 < len(letters) else 0


@lru_cache(maxsize=65536)
def _shape_code(word: str) -> int:
    return SHAPES.index(_shape(word))


def _shape(word: str) -> str:
    first = word[0]
    if not (first.isalpha() or first.isdigit()):
        return _MARKS.get(first, "mark")
    if first.isdigit():
        if not word.isdigit():
            return "0a"
        return "0000" if len(word) == _YEAR else "0"
    if word.isupper():
        return "A" if len(word) == 1 else ("AA" if len(word) <= _SHORT else "ABC")
    if word.islower():
        return "a" if len(word) <= _SHORT else "aa"
    if not first.isupper() or not word[1:].islower():
        return "aA"
    if len(word) <= _SHORT:
        return "Abc"
    return "Abcdefghi" if len(word) > _LONG else "Aa"
