"""Spans as the annotation tools count them, in code points or in UTF-16 units."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A labelled span as a file gives it.

    Attributes
    ----------
    start, end
        Offsets in the text, end exclusive, in a unit that the file does not name.
    label
        Its label.
    quote
        The marked text, where the file gives it too.
    """

    start: int
    end: int
    label: str
    quote: str | None = None


Marked: TypeAlias = tuple[str, Mark]


def resolve(marked: Sequence[Marked]) -> list[Span | None]:
    """Turn the marks of one file into code point offsets.

    Offsets count code points, or else UTF-16 units (an emoji counts 2). A reading is accepted
    only where it lies in the text and agrees with the quoted text. UTF-16 comes first where
    every mark of the file fits it and some mark doesn't fit code points, since one tool
    counted them all.

    Parameters
    ----------
    marked
        Pairs of a text and a mark in it.

    Returns
    -------
    list of (start, end) or None
        One per mark; None where neither reading fits.

    Examples
    --------
    >>> text = "\N{PARTY POPPER} Oslo cheers."
    >>> resolve([(text, Mark(3, 7, "supportive", "Oslo")), (text, Mark(2, 40, "neutral"))])
    [(2, 6), None]
    """
    readings = [_code_points, _utf16_units]
    if not _all_fit(_code_points, marked) and _all_fit(_utf16_units, marked):
        readings.reverse()
    return [_first_fit(readings, text, mark) for text, mark in marked]


_Reading: TypeAlias = Callable[[str, Mark], Span | None]


def _all_fit(reading: _Reading, marked: Sequence[Marked]) -> bool:
    return all(reading(text, mark) for text, mark in marked)


def _first_fit(readings: Sequence[_Reading], text: str, mark: Mark) -> Span | None:
    return next((span for reading in readings if (span := reading(text, mark))), None)


def _code_points(text: str, mark: Mark) -> Span | None:
    return _checked(text, mark, mark.start, mark.end)


def _utf16_units(text: str, mark: Mark) -> Span | None:
    places = _utf16_places(text)
    return _checked(text, mark, places.get(mark.start, -1), places.get(mark.end, -1))


def _checked(text: str, mark: Mark, start: int, end: int) -> Span | None:
    inside = 0 <= start < end <= len(text)
    return (start, end) if inside and mark.quote in (None, text[start:end]) else None


@functools.lru_cache(maxsize=16)
def _utf16_places(text: str) -> dict[int, int]:
    """Map the UTF-16 offset of every character, and of the end, to its code point offset."""
    places, at = {}, 0
    for place, character in enumerate(text):
        places[at] = place
        at += 2 if ord(character) > 0xFFFF else 1
    places[at] = len(text)
    return places
