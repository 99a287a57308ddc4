"""Rows that are there twice: the same label, or another one."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from stancekit.doctor.findings import Finding, Severity, show_rows
from stancekit.doctor.sheet import Sheet
from stancekit.labels import join_types, split_types

DUPLICATE = "exact duplicate"

_SAME_ROW = ("doc_id", "sentence_id", "text", "actor", "split")
_SAME_SENTENCE = ("doc_id", "sentence_id")


def mend_duplicates(sheet: Sheet) -> tuple[list[Finding], pd.DataFrame]:
    """Drop rows that repeat an earlier one in every column that training reads."""
    if not sheet.has("text", sheet.label):
        return [], sheet.frame
    keys = _keyed(sheet, (*_SAME_ROW, *sheet.offsets))
    first = pd.Series(sheet.frame.index, index=sheet.frame.index).groupby(
        [keys[column] for column in keys], sort=False
    )
    original = first.transform("first")
    repeated = original.index[original != original.index]
    findings = [
        Finding("warning", DUPLICATE, (int(row),), f"the same as row {original[row]}", fixable=True)
        for row in repeated
    ]
    return findings, sheet.frame.drop(index=repeated)


def conflicts(sheet: Sheet) -> Iterator[Finding]:
    """Find the same sentence, or the same span of it, with different labels.

    A stance is that of the words themselves, so that no two may differ. A claim type may
    depend on what stands around the sentence: in two places, it is a warning.
    """
    if not sheet.has("text", sheet.label, *sheet.offsets):
        return
    keys = _keyed(sheet, ("text", *sheet.offsets))
    # No stance is a fault of its own; no claim type is a label.
    is_empty = (keys["text"] == "") | ((keys["label"] == "") & (sheet.kind != "claims"))
    keys = keys[~is_empty]
    same = [keys[column] for column in keys if column != "label"]
    differ = keys["label"].groupby(same).transform("nunique") > 1
    for _, group in keys[differ].groupby([column[differ] for column in same], sort=False):
        rows = tuple(sorted(map(int, group.index)))
        yield Finding(_severity(sheet, group), "conflicting labels", rows, _told(group["label"]))


def _keyed(sheet: Sheet, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return these columns where there are such, and the label in one spelling."""
    keys = sheet.frame[[column for column in columns if sheet.has(column)]].copy()
    cells = sheet.frame[sheet.label]
    keys["label"] = cells.map(_sorted_types) if sheet.kind == "claims" else cells
    return keys


def _sorted_types(cell: str) -> str:
    return join_types(tuple(sorted(set(split_types(cell)))))


def _severity(sheet: Sheet, group: pd.DataFrame) -> Severity:
    if sheet.kind != "claims":
        return "error"
    place = sheet.frame.loc[group.index, [c for c in _SAME_SENTENCE if sheet.has(c)]]
    return "error" if place.duplicated().any() else "warning"


def _told(labels: pd.Series[str]) -> str:
    rows = labels.groupby(labels, sort=False).groups
    told = (f"{str(label) or 'none'} in row {show_rows(list(at))}" for label, at in rows.items())
    return "the same words are labelled " + ", ".join(told)
