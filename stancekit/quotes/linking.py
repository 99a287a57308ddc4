"""Which cue and which source belong to what is said: the nearest of the sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stancekit.quotes.attributions import NOWHERE, Stretch

MOST = 4
"""Cues and sources that are looked at on each side of what is said."""

_FAR = 60
"""What a missing cue costs, in characters of distance."""

_JOINED = 2
"""Characters between a source and the cue right after it."""

_APART = 0.3
"""What a character between cue and source costs: "Lee responded to her by saying" says once."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What the taggers found in an article: spans in order, those of one role never overlapping.

    Attributes
    ----------
    sources, cues, contents
        Spans in characters of the article.
    likely
        Sources that are less sure, for what has none.
    """

    sources: Sequence[Stretch] = field(default_factory=list)
    cues: Sequence[Stretch] = field(default_factory=list)
    contents: Sequence[Stretch] = field(default_factory=list)
    likely: Sequence[Stretch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """Something said, tied to its words.

    Attributes
    ----------
    start, end
        The content, in characters of the article.
    direct
        Between quotation marks, or reported.
    cue, source
        Spans; `NOWHERE` where there is none.
    """

    start: int
    end: int
    direct: bool
    cue: Stretch = NOWHERE
    source: Stretch = NOWHERE


def nearest_words(unit: Stretch, within: Stretch, tags: Tags) -> tuple[Stretch, Stretch]:
    """Choose the cue and the source of something said.

    Parameters
    ----------
    unit
        What is said, with its quotation marks.
    within
        The stretch to look in: the sentences that it touches.
    tags
        Of the article.

    Returns
    -------
    cue, source
        The pair that lies closest together and to the unit; `NOWHERE` where the stretch
        has none outside the unit.

    Examples
    --------
    >>> tags = Tags(sources=[(0, 3), (30, 33)], cues=[(4, 8), (34, 38)])
    >>> nearest_words((9, 20), (0, 60), tags)
    ((4, 8), (0, 3))
    """
    cues = [*_around(tags.cues, unit, within), NOWHERE]
    sources = [*_around(tags.sources, unit, within)]
    taken = [cue for cue in cues if _is_taken(cue, unit, tags.contents)]
    others = [one for one in sources for cue in taken if 0 <= cue[0] - one[1] <= _JOINED]
    free = [cue for cue in cues if cue not in taken]
    sources.append(NOWHERE)
    return min(
        ((cue, one) for cue in free for one in sources if cue != NOWHERE or one not in others),
        key=lambda pair: _cost(unit, *pair),
    )


def _is_taken(cue: Stretch, unit: Stretch, contents: Sequence[Stretch]) -> bool:
    """Whether a cue after something said stands right before something else that is said."""
    at = bisect_left(contents, (cue[1], cue[1]))
    return unit[1] <= cue[0] and at < len(contents) and contents[at][0] == cue[1] + 1


def _around(spans: Sequence[Stretch], unit: Stretch, within: Stretch) -> Iterator[Stretch]:
    """Yield the nearest spans of a stretch that lie outside the unit, on both sides."""
    at = bisect_left(spans, unit)
    for span in spans[max(0, at - MOST) : at]:
        if span[1] <= unit[0] and span[0] >= within[0]:
            yield span
    at = bisect_left(spans, (unit[1], unit[1]))
    for span in spans[at : at + MOST]:
        if span[1] <= within[1]:
            yield span


def _cost(unit: Stretch, cue: Stretch, source: Stretch) -> float:
    """Add up the distances over which a source and a cue reach what is said."""
    if cue == source == NOWHERE:
        return 8.0 * _FAR
    if cue == NOWHERE:
        return _FAR + gap(unit, source)
    if source == NOWHERE:
        return 3 * _FAR + gap(unit, cue)
    # What stands between costs nothing where it is the other word of the two.
    to_unit = min(gap(unit, cue), gap(unit, source) + 1)
    return to_unit + _APART * gap(cue, source)


def gap(one: Stretch, other: Stretch) -> int:
    """Return how many characters lie between two spans; 0 where they touch or overlap."""
    return max(0, other[0] - one[1], one[0] - other[1])


def inside(spans: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """Return the spans that lie wholly in a stretch."""
    return [span for span in overlapping(spans, start, end) if start <= span[0] and span[1] <= end]


def overlapping(spans: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """Return the spans, never overlapping each other, that share a character with a stretch."""
    at = max(0, bisect_left(spans, (start, start)) - 1)
    found = []
    while at < len(spans) and spans[at][0] < end:
        if spans[at][1] > start:
            found.append(spans[at])
        at += 1
    return found
