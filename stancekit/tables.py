"""Reading a table, with one error that lists every bad row."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from stancekit.errors import BadRow, InputError, TableError, did_you_mean, not_utf8
from stancekit.schemas import (
    CLAIMS,
    CONTEXT,
    NAMED_TARGETS,
    PAIRS,
    RELATIONS,
    SENTENCES,
    STANCES_TABLE,
    TARGETS,
    Rule,
    Schema,
)

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

__all__ = [
    "CLAIMS",
    "CONTEXT",
    "NAMED_TARGETS",
    "PAIRS",
    "RELATIONS",
    "SENTENCES",
    "STANCES_TABLE",
    "TARGETS",
    "Schema",
    "Source",
    "read_csv",
    "read_in_context",
    "read_table",
]

Source: TypeAlias = str | Path | pd.DataFrame

_WIDEST_CELL_SHOWN = 60


def read_table(source: Source, schema: Schema, *, consequence: str = "") -> pd.DataFrame:
    """Read and check a table.

    Parameters
    ----------
    source
        A CSV file, or a DataFrame. Cells are read as text, so that ``NA`` stays ``NA``.
    schema
        What it must have; further columns are kept.
    consequence
        Ends the error: what was not done, and the next step.

    Returns
    -------
    DataFrame
        A checked copy with the same rows, order and index; offsets are integers, all
        other schema columns text (a missing cell becomes ``""``).

    Raises
    ------
    InputError
        If the file can't be read as a CSV.
    TableError
        If columns are missing or rows are bad; it lists them all.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["Rates rose."], "start": [0], "end": [5]})
    >>> read_table(frame, TARGETS)["end"].tolist()
    [5]
    """
    if isinstance(source, pd.DataFrame):
        frame = source.set_axis(range(1, len(source) + 1))
        return _check(frame, schema, f"{schema.name} frame", consequence).set_axis(source.index)
    frame = _read(source)
    return _check(frame, schema, str(source), consequence).reset_index(drop=True)


def read_in_context(
    source: Source, schema: Schema, context: Source | None
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Read and check a table, and the articles that its rows stand in, if any are given.

    Parameters
    ----------
    source, schema
        As in `read_table`; with a context the table needs its columns too.
    context
        Whole articles, a row for each sentence: ``doc_id``, ``sentence_id`` and ``text``.

    Returns
    -------
    table, articles
        As `read_table` gives them; of the articles the three columns alone.

    Raises
    ------
    InputError
        As `read_table`, for either.
    TableError
        If the articles have another text for a row's ``doc_id`` and ``sentence_id``.
    """
    if context is None:
        return read_table(source, schema), None
    required = tuple(dict.fromkeys((*CONTEXT.required, *schema.required)))
    articles = read_table(context, CONTEXT)[list(CONTEXT.required)]
    table = read_table(source, replace(schema, required=required))
    _check_texts(table, articles)
    return table, articles


def _check_texts(table: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Refuse rows that would be read alone because their article says something else."""
    texts: dict[tuple[str, str], set[str]] = {}
    for doc, sentence, text in articles.astype(str).itertuples(index=False, name=None):
        texts.setdefault((doc, sentence), set()).add(text)
    rows = table[list(CONTEXT.required)].astype(str).itertuples(index=False, name=None)
    bad = [
        BadRow(at, "text", f"{min(texts[doc, sentence])!r}, as in the context", repr(text))
        for at, (doc, sentence, text) in enumerate(rows, start=1)
        if text not in texts.get((doc, sentence), {text})
    ]
    if bad:
        raise TableError("frame", bad, n_rows=len(table), consequence="Nothing was labelled.")


def read_csv(path: str | Path) -> pd.DataFrame:
    """Read a CSV whose cells are all text.

    Raises
    ------
    InputError
        If the file is missing, unreadable, empty or no CSV in UTF-8.
    """
    return _read(path).reset_index(drop=True)


def _read(path: str | Path) -> pd.DataFrame:
    """Read a CSV; the index is the row number that a spreadsheet shows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                path,
                dtype=str,
                keep_default_na=False,
                encoding="utf-8-sig",
                index_col=False,
                skip_blank_lines=False,
            )
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: expected a CSV file; found a folder") from error
    except UnicodeDecodeError as error:
        raise not_utf8(str(path), error) from error
    except pd.errors.ParserWarning as error:
        raise InputError(f"{path}: not a readable CSV (rows longer than the header)") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, OSError) as error:
        raise InputError(f"{path}: not a readable CSV ({str(error).strip()})") from error
    frame.index += 2
    return frame[(frame.notna() & (frame != "")).any(axis=1)]


def _check(frame: pd.DataFrame, schema: Schema, name: str, consequence: str) -> pd.DataFrame:
    """Check a frame whose index is the numbers of its rows."""
    if not frame.columns.is_unique:
        twice = ", ".join(map(str, frame.columns[frame.columns.duplicated()].unique()))
        raise InputError(f"{name}: expected each column once; found {twice} more than once")
    missing = [column for column in schema.required if column not in frame.columns]
    if missing:
        found = ", ".join(map(str, frame.columns)) or "no columns"
        if len(frame.columns) == 1 and ";" in found:
            found = f"one column {found!r} (separate columns by commas)"
        rows = [
            BadRow(0, column, "this column", found + did_you_mean(column, map(str, frame.columns)))
            for column in missing
        ]
        raise TableError(name, rows, n_rows=len(frame), consequence=consequence)
    frame = frame.copy()
    for column in schema.required:
        if column not in schema.integers:
            cells = frame[column].astype(object)
            frame[column] = cells.where(cells.notna(), "").astype(str)
    raw = frame.copy()
    bad = [*_numbers(frame, schema), *_failures(frame, raw, schema)]
    if bad:
        bad.sort(key=lambda row: row.row)
        raise TableError(name, bad, n_rows=len(frame), consequence=consequence)
    return frame.astype(dict.fromkeys(schema.integers, int))


def _numbers(frame: pd.DataFrame, schema: Schema) -> Iterator[BadRow]:
    """Turn offset columns into numbers in place; yield the cells that are none."""
    for column in schema.integers:
        cells = frame[column]
        numbers = pd.to_numeric(cells, errors="coerce").astype(float)
        whole = numbers.notna() & (numbers % 1 == 0)
        frame[column] = numbers.where(whole)
        for row, cell in cells[~whole].items():
            yield BadRow(int(str(row)), column, "a whole number", _show(cell))


def _failures(frame: pd.DataFrame, raw: pd.DataFrame, schema: Schema) -> list[BadRow]:
    """Run the rules through pandera and say where they fail."""
    from pandera.errors import SchemaErrors

    # Rows whose offsets are no numbers were reported already.
    checked = frame.dropna(subset=list(schema.integers))
    try:
        _pandera_schema(schema).validate(checked, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases[["check_number", "index"]].drop_duplicates()
        return [
            _bad_row(raw.loc[row], schema.rules[int(check)], int(row))
            for check, row in cases.itertuples(index=False)
        ]
    return []


@functools.cache
def _pandera_schema(schema: Schema) -> DataFrameSchema:
    import pandera.pandas as pandera

    checks = [pandera.Check(rule.holds, name=rule.expected) for rule in schema.rules]
    return pandera.DataFrameSchema(checks=checks)


def _bad_row(raw: pd.Series[Any], rule: Rule, row: int) -> BadRow:
    shown = [column for column in rule.columns if column != "text" or len(rule.columns) == 1]
    cells = [raw[column] for column in shown]
    found = ", ".join(_show(cell) for cell in cells)
    expected = rule.expected
    if "length of text" in expected:
        expected = expected.replace("length of text", str(len(raw["text"])))
    return BadRow(row, ", ".join(shown), expected, found + rule.hint(str(cells[0])))


def _show(cell: Any) -> str:
    shown = repr(cell.item() if isinstance(cell, np.generic) else cell)
    return shown if len(shown) <= _WIDEST_CELL_SHOWN else shown[:_WIDEST_CELL_SHOWN] + "..."
