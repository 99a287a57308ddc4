"""Direct quotations: what stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stancekit.quotes.words import word_set
from stancekit.records import Span

MAX_SCARE_WORDS = 3
"""A quoted phrase of at most this many words needs a cue to be a quotation."""

_MARK = re.compile("''|``|[\"“”„‟«»'‘’‹›]")
_DOUBLE = frozenset({'"', "“", "”", "„", "‟", "«", "»", "''", "``"})
_OPENERS = frozenset({"“", "„", "«", "``"})
_STRAIGHT = frozenset({'"', "”"})
_CLOSED_BY = {
    "“": _STRAIGHT,
    "„": _STRAIGHT | {"“"},
    "«": frozenset({"»"}),
    "``": frozenset({"''", '"'}),
    "''": frozenset({"''"}),
}
_ELISION = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n|bout|round)\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
_FINAL = re.compile(r"[.!?…,]\s*$")
_SENTENCE_END = re.compile(r"[.!?…]\s+$")
_SMALL = word_set("a an and as at by for from in of on or the to with")


@dataclass(frozen=True)
class Quote(Span):
    """A stretch between quotation marks; ``start`` and ``end`` are those of the content.

    Attributes
    ----------
    outer_start, outer_end
        With the marks, where they are.
    closes
        Whether the closing mark is there. A quotation that runs over paragraphs is one
        `Quote` a paragraph.
    """

    outer_start: int
    outer_end: int
    closes: bool = True


def direct_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quote]:
    """Find the outermost quotations of a text.

    Double marks, curly or straight, guillemets, and single marks in the British
    way. A quotation left open ends with its paragraph, or before the sentence whose
    mark opens it again; there it goes on.

    Parameters
    ----------
    text
        Any string.
    paragraphs
        Character spans of its paragraphs, in order.

    Examples
    --------
    >>> text = "'It's over,' she said. “Not ‘over’ for us,” he said."
    >>> [text[q.start : q.end] for q in direct_quotes(text, [(0, len(text))])]
    ["It's over,", 'Not ‘over’ for us,']
    """
    quotes: list[Quote] = []
    for start, end in paragraphs:
        marks = _marks(text, start, end)
        if marks:
            quotes.extend(_pair(text, marks, end))
    return quotes


def is_phrase(text: str, quote: Quote) -> bool:
    """Whether a quoted stretch is too short, or too much of a title, to be speech by itself.

    Examples
    --------
    >>> text = 'A "frozen" conflict. "Never again." See "The Long Way Home" there.'
    >>> [is_phrase(text, q) for q in direct_quotes(text, [(0, len(text))])]
    [True, False, True]
    """
    content = text[quote.start : quote.end]
    words = content[:200].split()
    if _FINAL.search(content[-3:]) and content[:1].isupper():
        return False
    if len(words) <= MAX_SCARE_WORDS:
        return True
    return len(words) <= 8 and all(w[:1].isupper() or w in _SMALL for w in words)


class _Mark(NamedTuple):
    """A quotation mark, and what it may do there."""

    start: int
    end: int
    form: str
    opens: bool
    closes: bool


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, start, end):
        left, right = match.span()
        before = text[left - 1] if left > start else " "
        after = text[right] if right < end else " "
        opens = not before.isalnum() and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        marks.append(_Mark(left, right, match.group(), opens, closes))
    return marks


def _pair(text: str, marks: list[_Mark], end: int) -> Iterator[Quote]:
    ends = _single_ends(text, marks)
    opened: _Mark | None = None
    until = -1
    for i, mark in enumerate(marks):
        if mark.start < until:
            continue
        if opened is not None:
            if _reopens(text, opened, mark):
                yield from _quote(text, opened, mark.start, mark.start, closes=False)
                opened = mark
            elif _shuts(opened, mark):
                yield from _quote(text, opened, mark.start, mark.end)
                opened = None
        elif mark.form in _DOUBLE:
            opened = mark if _opens(mark) else None
        elif mark.opens and ends[i] >= 0 and not _ELISION.match(text, mark.end):
            close = marks[ends[i]]
            yield from _quote(text, mark, close.start, close.end)
            until = close.end
    if opened is not None:
        yield from _quote(text, opened, end, end, closes=False)


def _opens(mark: _Mark) -> bool:
    return mark.form in _OPENERS or (mark.opens and mark.form != "»")


def _reopens(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Whether an open quotation goes on in a new paragraph that line breaks don't show."""
    only_opens = mark.form == opened.form and mark.opens and not mark.closes
    return only_opens and _SENTENCE_END.search(text, opened.end, mark.start) is not None


def _shuts(opened: _Mark, mark: _Mark) -> bool:
    closing = _CLOSED_BY.get(opened.form, _STRAIGHT)
    return mark.form in closing and (mark.form != '"' or mark.closes or opened.form == '"')


def _single_ends(text: str, marks: list[_Mark]) -> list[int]:
    """For each single mark, the index of the mark that would close it; else -1."""
    ends = [-1] * len(marks)
    sure = maybe = -1
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        if mark.form in _DOUBLE:
            continue
        ends[i] = sure if sure >= 0 else maybe
        if mark.closes and mark.form in {"'", "’"}:
            if not _is_plural(text, mark):
                sure = i
            elif sure < 0:
                maybe = i
    return ends


def _is_plural(text: str, mark: _Mark) -> bool:
    """Whether a mark is rather the apostrophe of "the workers' rights"."""
    return text[mark.start - 1] in "sS" and text[mark.end : mark.end + 2].strip()[:1].islower()


def _quote(
    text: str, opened: _Mark, end: int, outer_end: int, *, closes: bool = True
) -> Iterator[Quote]:
    content = text[opened.end : end]
    stripped = content.strip()
    if _WORD.search(stripped):
        start = opened.end + len(content) - len(content.lstrip())
        yield Quote(start, start + len(stripped), opened.start, outer_end, closes)
