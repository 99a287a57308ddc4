"""Faults of single cells: white space, blanks, labels that are nearly a known one."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from stancekit.doctor.findings import Finding, Severity
from stancekit.doctor.offsets import is_wrong
from stancekit.doctor.sheet import Sheet, row_numbers
from stancekit.labels import join_types, split_types

WHITESPACE = "stray white space"
TYPO = "label typo"

_STRIPPED = (
    *("doc_id", "sentence_id", "text", "actor", "mention", "claim_types", "stance", "split"),
    *("holder", "target", "holder_mention", "target_mention"),
)
_TAKEN_LITERALLY = frozenset(("doc_id", "stance", "split"))
_TYPO_CUTOFF = 0.8
_RARE = 2  # rows
_MUCH_MORE = 10  # times
_SEPARATORS = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"\d+")


def mend_whitespace(sheet: Sheet) -> tuple[list[Finding], pd.DataFrame]:
    """Strip cells and spans; offsets move with the text, so that they keep their words.

    The text of a row whose span is wrong stays as it is: its offsets count from there.
    """
    frame = sheet.frame.copy()
    findings: list[Finding] = []
    kept = pd.Series(False, index=frame.index)
    if sheet.has_spans:
        right = _rows_in_order(sheet)
        findings += _strip_spans(sheet, frame, right)
        kept = (frame["text"].str.strip() != "") & ~frame.index.isin(list(right))
    for column in filter(sheet.has, _STRIPPED):
        stripped = frame[column].map(str.strip)
        frame[column] = stripped.mask(kept, frame["text"]) if column == "text" else stripped
        rows = row_numbers(frame.index[frame[column] != sheet.frame[column]])
        severity: Severity = "error" if column in _TAKEN_LITERALLY else "warning"
        if rows:
            message = f"{column} begins or ends with white space"
            findings.append(Finding(severity, WHITESPACE, rows, message, fixable=True))
    return findings, frame


def mend_labels(sheet: Sheet) -> tuple[list[Finding], pd.DataFrame]:
    """Replace labels that are one slip from a known one; report those that are near one."""
    if not sheet.has(sheet.label):
        return [], sheet.frame
    labels, frame = sheet.labels(), sheet.frame.copy()
    right: dict[str, str] = {}
    findings = [*_near_known(sheet, labels, right), *_near_common(sheet, labels)]
    if right:
        cells = frame[sheet.label]
        frame[sheet.label] = cells.map(lambda cell: _corrected(sheet, cell, right))
    return findings, frame


def blanks(sheet: Sheet) -> Iterator[Finding]:
    """Find cells that must not be empty and are."""
    needed = {"text": "a sentence", "doc_id": "the name of its document"}
    if sheet.kind != "claims":
        needed["stance"] = "a label, or no row at all"
    for column, expected in needed.items():
        if sheet.has(column):
            rows = row_numbers(sheet.frame.index[sheet.frame[column] == ""])
            if rows:
                yield Finding("error", f"empty {column}", rows, f"expected {expected}")


def _rows_in_order(sheet: Sheet) -> set[int]:
    """Return the rows whose spans are all right."""
    n_right = Counter(target.row for target in sheet.targets() if not is_wrong(target))
    return {row for row, n in n_right.items() if n == len(sheet.spans)}


def _strip_spans(sheet: Sheet, frame: pd.DataFrame, right: set[int]) -> Iterator[Finding]:
    """Move spans in ``frame`` off white space, around the text and their own."""
    loose = dict[int, None]()
    for target in filter(lambda one: one.row in right, sheet.targets()):
        words = target.found
        before_text = len(target.text) - len(target.text.lstrip())
        start = target.start - before_text + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if (start, end) != (target.start, target.end):
            frame.loc[target.row, list(target.columns)] = [str(start), str(end)]
        if words != words.strip():
            loose[target.row] = None
    if loose:
        message = "the span begins or ends with white space"
        yield Finding("warning", WHITESPACE, tuple(loose), message, fixable=True)


def _near_known(sheet: Sheet, labels: pd.Series[str], right: dict[str, str]) -> Iterator[Finding]:
    """Find labels that are nearly a known one; note in ``right`` what a slip stands for."""
    for label in dict.fromkeys(labels):
        near = difflib.get_close_matches(_folded(label), sheet.known_labels, 1, _TYPO_CUTOFF)
        if near and label not in sheet.known_labels:
            fixable = _is_slip(_folded(label), near[0])
            right.update({label: near[0]} if fixable else {})
            message = f"{label!r} is no known label: did you mean {near[0]!r}?"
            yield Finding("error", TYPO, _rows(labels, label), message, fixable=fixable)


def _near_common(sheet: Sheet, labels: pd.Series[str]) -> Iterator[Finding]:
    """Find labels of the user's own that are rare, and nearly one that is common."""
    counts = {str(label): int(n) for label, n in labels.value_counts().items()}
    own = [label for label in counts if label not in sheet.known_labels]
    for label in (label for label in own if counts[label] <= _RARE):
        common = [other for other in own if counts[other] >= _MUCH_MORE * counts[label]]
        near = difflib.get_close_matches(label, common, 1, _TYPO_CUTOFF)
        if near and _DIGITS.sub("", near[0]) != _DIGITS.sub("", label):
            message = f"{label!r} is rare: did you mean {near[0]!r} ({counts[near[0]]:,} rows)?"
            yield Finding("warning", TYPO, _rows(labels, label), message)


def _rows(labels: pd.Series[str], label: str) -> tuple[int, ...]:
    return row_numbers(labels.index[labels == label].unique())


def _corrected(sheet: Sheet, cell: str, right: dict[str, str]) -> str:
    if sheet.kind != "claims":
        return right.get(cell, cell)
    types = split_types(cell)
    if not any(name in right for name in types):
        return cell
    return join_types(tuple(dict.fromkeys(right.get(name, name) for name in types)))


def _folded(label: str) -> str:
    return _SEPARATORS.sub("_", label.casefold())


def _is_slip(label: str, known: str) -> bool:
    """Whether one letter is missing, added, wrong or in another place."""
    return not _without_one(label).isdisjoint(_without_one(known))


def _without_one(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
