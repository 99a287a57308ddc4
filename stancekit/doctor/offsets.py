"""Faults of the spans that name an actor: where they are, and what they cut out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from stancekit.doctor.findings import Finding
from stancekit.doctor.sheet import Sheet, Target

UTF16 = "UTF-16 offsets"
MOVED = "misplaced span"

_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")


def mend_utf16(sheet: Sheet) -> tuple[list[Finding], pd.DataFrame]:
    """Turn offsets that count UTF-16 units into offsets that count characters.

    Only where a row says which words are meant (``mention``, else ``actor``), its span
    cuts out other ones, and counting in UTF-16 cuts out exactly those.
    """
    if not sheet.has_spans:
        return [], sheet.frame
    frame, mended = sheet.frame.copy(), dict[int, None]()
    for target in filter(lambda one: _BEYOND_16_BITS.search(one.text), sheet.targets()):
        start, end = (_from_utf16(target.text, at) for at in (target.start, target.end))
        meant = target._replace(start=start, end=end)
        if target.found.strip() != target.words and meant.found.strip() == target.words:
            frame.loc[target.row, list(target.columns)] = [str(start), str(end)]
            mended[target.row] = None
    if not mended:
        return [], sheet.frame
    counted = f"{', '.join(sheet.offsets[:-1])} and {sheet.offsets[-1]}"
    message = f"{counted} count UTF-16 units (an emoji is two); expected characters"
    return [Finding("error", UTF16, tuple(mended), message, fixable=True)], frame


def mend_misplaced(sheet: Sheet) -> tuple[list[Finding], pd.DataFrame]:
    """Move spans that are wrong to the words that they mean, where nothing else can be meant.

    The words must stand in the text once, and be those of ``mention``, or the span must
    touch them: what needs a judgement is left whole to the checks.
    """
    if not sheet.has_spans:
        return [], sheet.frame
    frame, findings = sheet.frame.copy(), []
    for target in filter(is_wrong, sheet.targets()):
        places = _places(target)
        if len(places) == 1 and _is_meant(target, places[0]):
            start, end = places[0], places[0] + len(target.words)
            frame.loc[target.row, list(target.columns)] = [str(start), str(end)]
            message = f"the span is {target.start}, {target.end}; {target.words!r} is at {start}"
            findings.append(Finding("error", MOVED, (target.row,), message, fixable=True))
    return findings, frame


def is_wrong(target: Target) -> bool:
    """Whether a span is not in the text, or cuts out other words than the row names."""
    if not target.is_sound:
        return True
    if target.found.strip() == target.words or not target.words:
        return False
    return target.are_exact or (target.words in target.text and _cuts_word(target))


def bad_offsets(sheet: Sheet) -> Iterator[Finding]:
    """Find spans that are not in the text."""
    if not sheet.has_spans:
        return
    sound = {(target.row, target.columns) for target in sheet.targets() if target.is_sound}
    for columns in sheet.spans:
        for row, *cells in sheet.frame[[*columns, "text"]].itertuples():
            start, end, text = map(str, cells)
            if text and (row, columns) not in sound:
                message = (
                    f"expected 0 <= {columns[0]} < {columns[1]} <= {len(text)} over a word; "
                    f"found {start or 'nothing'}, {end or 'nothing'}"
                )
                yield Finding("error", "bad offsets", (int(row),), message)


def overlapping(sheet: Sheet) -> Iterator[Finding]:
    """Find pairs whose holder and target share letters."""
    if not sheet.has_spans:
        return
    for row, spans in sheet.sound_spans().items():
        if share_letters(spans):
            holder, target = (one.found for one in spans)
            message = f"expected two spans apart; found {holder!r} and {target!r}"
            yield Finding("error", "overlapping spans", (row,), message)


def share_letters(spans: Sequence[Target]) -> bool:
    """Whether two of the spans of a row overlap."""
    ordered = sorted(spans, key=lambda one: one.start)
    return any(one.end > other.start for one, other in pairwise(ordered))


def other_words(sheet: Sheet) -> Iterator[Finding]:
    """Find spans that cut out other words than the row names.

    With a ``mention`` column, the words must be the same. Without, the words may be an
    alias of the actor: what counts as a fault is a span that cuts a word in two although
    the actor is named elsewhere in the text.
    """
    if not sheet.has_spans:
        return
    for target in filter(lambda one: one.is_sound and is_wrong(one), sheet.targets()):
        words = target.words
        elsewhere = [str(match.start()) for match in re.finditer(re.escape(words), target.text)]
        where = f", which is at {', '.join(elsewhere)}" if elsewhere else ""
        message = f"the span is {target.found!r}; expected {words!r}{where}"
        yield Finding("error", "other words", (target.row,), message)


def _from_utf16(text: str, offset: int) -> int:
    """Count the characters before a UTF-16 offset; past the text, stay past it."""
    if offset < 0:
        return offset
    units = text.encode("utf-16-le", "surrogatepass")
    before = units[: 2 * offset].decode("utf-16-le", "ignore")
    return len(before) + max(0, offset - len(units) // 2)


def _places(target: Target) -> list[int]:
    """Return where the words that a row names stand whole in its text."""
    if not target.words:
        return []
    whole = rf"(?<!\w){re.escape(target.words)}(?!\w)"
    return [match.start() for match in re.finditer(whole, target.text)]


def _is_meant(target: Target, start: int) -> bool:
    end = start + len(target.words)
    touches = target.is_sound and target.start < end and start < target.end
    return target.are_exact or touches or target.start == start or target.end == end


def _cuts_word(target: Target) -> bool:
    edges = (target.text[max(0, at - 1) : at + 1] for at in (target.start, target.end))
    return any(len(edge) == 2 and edge.isalnum() for edge in edges)
