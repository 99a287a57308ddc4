from __future__ import annotations

import pickle

import pytest

from stancekit.errors import (
    MAX_ROWS_SHOWN,
    BadRow,
    InputError,
    ModelError,
    NotTrainedError,
    StancekitError,
    TableError,
    did_you_mean,
)
from stancekit.labels import STANCES


@pytest.mark.parametrize("error", [InputError, ModelError, NotTrainedError, TableError])
def test_one_tree(error: type[Exception]) -> None:
    assert issubclass(error, StancekitError)


def test_input_errors_are_value_errors() -> None:
    assert issubclass(TableError, InputError)
    assert issubclass(InputError, ValueError)


def test_table_error_lists_every_row_in_columns() -> None:
    rows = [
        BadRow(17, "stance", "one of a, b", "'c'"),
        BadRow(52, "start, end", "0 <= start < end <= 118", "'120', '131'"),
        BadRow(52, "text", "some text", "''"),
    ]
    error = TableError("mine.csv", rows, n_rows=1204, consequence="Nothing was trained.")
    assert str(error) == (
        "mine.csv: 2 bad rows of 1,204\n"
        "  row 17   stance      expected one of a, b   found 'c'\n"
        "  row 52   start, end  expected 0 <= start < end <= 118   found '120', '131'\n"
        "  row 52   text        expected some text   found ''\n"
        "Nothing was trained."
    )
    assert error.rows == tuple(rows)
    assert (error.source, error.n_rows) == ("mine.csv", 1204)


def test_one_bad_row_is_singular() -> None:
    error = TableError("mine.csv", [BadRow(2, "text", "some text", "''")], n_rows=1)
    assert str(error).splitlines()[0] == "mine.csv: 1 bad row of 1"


def test_missing_columns_are_of_the_header() -> None:
    error = TableError("mine.csv", [BadRow(0, "text", "this column", "txt")], n_rows=9)
    assert str(error).splitlines() == [
        "mine.csv: missing columns",
        "  header   text  expected this column   found txt",
    ]


def test_a_flood_of_rows_is_counted() -> None:
    rows = [BadRow(n, "text", "some text", "''") for n in range(2, 2 + MAX_ROWS_SHOWN + 1_500)]
    error = TableError("mine.csv", rows, n_rows=9_999)
    lines = str(error).splitlines()
    assert lines[0] == "mine.csv: 1,520 bad rows of 9,999"
    assert lines[-1] == "  ... and 1,500 more"
    assert len(lines) == MAX_ROWS_SHOWN + 2
    assert len(error.rows) == MAX_ROWS_SHOWN + 1_500


def test_a_table_error_comes_back_from_a_worker() -> None:
    error = TableError("mine.csv", [BadRow(2, "text", "some text", "''")], n_rows=1)
    copied = pickle.loads(pickle.dumps(error))
    assert str(copied) == str(error)
    assert (copied.source, copied.rows, copied.n_rows) == ("mine.csv", error.rows, 1)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("suportive", " (did you mean 'supportive'?)"),
        ("critcal", " (did you mean 'critical'?)"),
        ("banana", ""),
        ("", ""),
    ],
)
def test_suggestions(word: str, hint: str) -> None:
    assert did_you_mean(word, STANCES) == hint


def test_suggestions_need_to_be_near_enough() -> None:
    assert did_you_mean("support", STANCES) == " (did you mean 'supportive'?)"
    assert did_you_mean("support", STANCES, cutoff=0.9) == ""
