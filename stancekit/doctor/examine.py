"""Look a table over before training, and mend what is safe to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

import pandas as pd

from stancekit.doctor.cells import TYPO, WHITESPACE, blanks, mend_labels, mend_whitespace
from stancekit.doctor.classes import small_classes
from stancekit.doctor.documents import SCATTERED, mend_scattered
from stancekit.doctor.duplicates import DUPLICATE, conflicts, mend_duplicates
from stancekit.doctor.findings import Finding, Report, sort_findings
from stancekit.doctor.leaks import documents_apart, near_duplicates, placed_rows
from stancekit.doctor.mislabels import doubtful_labels
from stancekit.doctor.offsets import (
    MOVED,
    UTF16,
    bad_offsets,
    mend_misplaced,
    mend_utf16,
    other_words,
    overlapping,
)
from stancekit.doctor.sheet import Sheet, first_row, missing_columns, read_sheet
from stancekit.tables import Source

_Change: TypeAlias = tuple[str, int, str, str, str]
Mender: TypeAlias = Callable[[Sheet], tuple[list[Finding], pd.DataFrame]]

# Each sees what the ones before it mended, so that one fault is found once.
_MENDERS: Final[dict[str, Mender]] = {
    UTF16: mend_utf16,
    MOVED: mend_misplaced,
    WHITESPACE: mend_whitespace,
    TYPO: mend_labels,
    DUPLICATE: mend_duplicates,
    SCATTERED: mend_scattered,
}
_CHECKS: Final[tuple[Callable[[Sheet], Iterator[Finding]], ...]] = (
    missing_columns,
    blanks,
    bad_offsets,
    other_words,
    overlapping,
    conflicts,
    small_classes,
)


@dataclass(frozen=True)
class Repair:
    """A mended table and what was changed in it.

    Attributes
    ----------
    frame
        The mended table; every cell is text. A frame keeps its index labels.
    changes
        One row per change: ``check``, ``row`` (as in the report), ``column``, ``before``,
        ``after``. A row that was removed or moved has no column.
    """

    frame: pd.DataFrame
    changes: pd.DataFrame


def examine(
    source: Source,
    *,
    against: Source | Sequence[Source] = (),
    likely_mislabels: bool = True,
    seed: int = 0,
) -> Report:
    """Find what would spoil training, before training.

    Parameters
    ----------
    source
        A table of claims, stances or relations, told apart by its columns: a CSV file or a
        frame.
    against
        Further tables that should share no document and no sentence with this one, such
        as a test set. Rows of one ``split`` may.
    likely_mislabels
        Whether to look for labels that contradict the rest, which takes the longest and
        needs cleanlab (``pip install "stancekit[train]"``).
    seed
        Of the hash functions that find near-duplicates.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If a file can't be read or is no kind of table.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "doc_id": ["a", "b"], "sentence_id": ["S1", "S1"], "text": ["Rates rose.", "It may."],
    ...     "claim_types": ["background_fact", "predicton"],
    ... })
    >>> report = examine(frame)
    >>> report.ok, report.findings[0].message
    (False, "'predicton' is no known label: did you mean 'prediction'?")
    """
    sheet = read_sheet(source)
    n_rows, findings = len(sheet.frame), list[Finding]()
    for mend in _MENDERS.values():
        found, frame = mend(sheet)
        findings += found
        sheet = replace(sheet, frame=frame)
    for check in _CHECKS:
        findings += check(sheet)
    rows = placed_rows(sheet, _tables(against))
    findings += [*documents_apart(rows), *near_duplicates(rows, seed=seed)]
    if likely_mislabels:
        findings += doubtful_labels(sheet)
    return Report(sheet.name, sheet.kind, n_rows, sort_findings(findings))


def fix(source: Source, report: Report) -> Repair:
    """Mend what can be mended without a judgement; the source stays as it is.

    White space is stripped and offsets moved with it, labels one slip from a known one are
    replaced, offsets in UTF-16 units become offsets in characters, spans that miss the words
    beside them are moved there, exact duplicates are dropped and the rows of a document
    brought together. A row whose span needs a judgement keeps its text and its offsets.

    Parameters
    ----------
    source
        The table that was examined.
    report
        What `examine` said of it: only the checks with fixable findings are mended.

    Returns
    -------
    Repair

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "doc_id": ["a"], "text": ["  Kenya won."], "start": [2], "end": [7],
    ...     "actor": ["Kenya"], "stance": ["suportive"],
    ... })
    >>> repair = fix(frame, examine(frame))
    >>> repair.frame[["text", "start", "end", "stance"]].values.tolist()
    [['Kenya won.', '0', '5', 'supportive']]
    >>> repair.changes["check"].unique().tolist()
    ['stray white space', 'label typo']
    """
    sheet = read_sheet(source)
    wanted = {finding.check for finding in report.fixable}
    changes: list[_Change] = []
    for name, mend in _MENDERS.items():
        if name in wanted:
            found, frame = mend(sheet)
            changes += _changes(name, found, sheet.frame, frame)
            sheet = replace(sheet, frame=frame)
    positions = sheet.frame.index - first_row(source)
    index = source.index[positions] if isinstance(source, pd.DataFrame) else range(len(positions))
    columns = ["check", "row", "column", "before", "after"]
    return Repair(sheet.frame.set_axis(index), pd.DataFrame(changes, columns=columns))


def _tables(against: Source | Sequence[Source]) -> Sequence[Source]:
    return [against] if isinstance(against, str | Path | pd.DataFrame) else against


def _changes(
    check: str, found: Sequence[Finding], before: pd.DataFrame, after: pd.DataFrame
) -> Iterator[_Change]:
    if check == SCATTERED:
        yield from ((check, row, "", "", "moved") for one in found for row in one.rows)
        return
    for row in before.index.difference(after.index):
        yield check, int(row), "", "", "removed"
    old = before.loc[after.index]
    for row, column in zip(*(old != after).to_numpy().nonzero(), strict=True):
        cells = str(old.iloc[row, column]), str(after.iloc[row, column])
        yield check, int(after.index[row]), str(after.columns[column]), *cells
