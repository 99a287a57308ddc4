from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import claim_frames, stance_frames

from stancekit.errors import InputError, TableError
from stancekit.tables import (
    CLAIMS,
    NAMED_TARGETS,
    PAIRS,
    RELATIONS,
    SENTENCES,
    STANCES_TABLE,
    TARGETS,
    Schema,
    read_csv,
    read_table,
)

CLAIMS_HEADER = "doc_id,sentence_id,text,claim_types"
STANCES_HEADER = "doc_id,sentence_id,text,start,end,actor,stance"
TEXTS_OF_PAIRS = ("Kenya praised", "a  b", "\U0001f602\u200a한국 ok")
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write lines to ``mine.csv``."""

    def write_lines(*lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
        path = tmp_path / "mine.csv"
        path.write_bytes("".join(line + end for line in lines).encode(encoding))
        return path

    return write_lines


def complaints(source: Path | pd.DataFrame, schema: Schema) -> list[tuple[int, str, str, str]]:
    with pytest.raises(TableError, match="bad row") as caught:
        read_table(source, schema)
    return [(row.row, row.column, row.expected, row.found) for row in caught.value.rows]


# Good tables


def test_cells_are_text(write: Write) -> None:
    path = write(CLAIMS_HEADER, "NA,007,null,", "None,1.0,nan,prediction")
    assert read_table(path, CLAIMS).to_numpy().tolist() == [
        ["NA", "007", "null", ""],
        ["None", "1.0", "nan", "prediction"],
    ]


def test_offsets_are_integers(write: Write) -> None:
    path = write(STANCES_HEADER, "a,1,Kenya won.,0,5,Kenya,supportive")
    frame = read_table(path, STANCES_TABLE)
    assert frame[["start", "end"]].dtypes.tolist() == [np.dtype(int)] * 2
    assert frame.loc[0, ["start", "end"]].tolist() == [0, 5]


def test_offsets_of_a_frame_may_be_text_or_floats() -> None:
    frame = pd.DataFrame({"text": ["Kenya"] * 3, "start": ["0", 0.0, 0], "end": ["5", 5.0, 5]})
    assert read_table(frame, TARGETS)["end"].tolist() == [5, 5, 5]


def test_further_columns_are_kept_as_they_are() -> None:
    frame = pd.DataFrame({"weight": [0.5, 2.0], "text": ["Kenya won.", "Peru lost."]})
    assert_frame_equal(read_table(frame, SENTENCES)[["weight"]], frame[["weight"]])


def test_index_and_order_are_kept() -> None:
    frame = pd.DataFrame({"text": ["c", "a", "b"]}, index=["x", "x", "y"])
    checked = read_table(frame, SENTENCES)
    assert checked.index.tolist() == ["x", "x", "y"]
    assert checked["text"].tolist() == ["c", "a", "b"]


def test_the_callers_frame_is_left_alone() -> None:
    frame = pd.DataFrame({"text": ["Kenya won."], "start": ["0"], "end": ["5"]})
    before = frame.copy()
    read_table(frame, TARGETS)
    assert_frame_equal(frame, before)


def test_a_missing_cell_of_a_frame_is_empty() -> None:
    frame = pd.DataFrame(
        {"doc_id": ["a"], "sentence_id": [None], "text": ["Kenya won."], "claim_types": [np.nan]}
    )
    assert read_table(frame, CLAIMS).loc[0].tolist() == ["a", "", "Kenya won.", ""]


@pytest.mark.parametrize(
    ("schema", "header"),
    [(CLAIMS, CLAIMS_HEADER), (STANCES_TABLE, STANCES_HEADER), (TARGETS, "text,start,end")],
)
def test_a_table_without_rows(schema: Schema, header: str, write: Write) -> None:
    frame = read_table(write(header), schema)
    assert (len(frame), frame.columns.tolist()) == (0, header.split(","))


def test_own_labels_are_welcome(write: Write) -> None:
    path = write(CLAIMS_HEADER, "a,1,Kenya won.,rumour|prediction", "a,2,Peru lost.,joke")
    assert read_table(path, CLAIMS)["claim_types"].tolist() == ["rumour|prediction", "joke"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends(end: str, write: Write) -> None:
    path = write(CLAIMS_HEADER, "a,1,Kenya won.,", encoding="utf-8-sig", end=end)
    assert read_table(path, CLAIMS)["doc_id"].tolist() == ["a"]


def test_quoted_cells_hold_commas_quotes_and_lines(write: Write) -> None:
    path = write(CLAIMS_HEADER, 'a,1,"“Yes,” she said.\nThen: ""No"".",')
    assert read_table(path, CLAIMS)["text"].tolist() == ['“Yes,” she said.\nThen: "No".']


@given(claim_frames())
def test_claims_survive_a_file(
    tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame
) -> None:
    path = tmp_path_factory.getbasetemp() / "claims.csv"
    frame = frame[frame[["doc_id", "text"]].agg("".join, axis=1).map(_is_writable).astype(bool)]
    frame.to_csv(path, index=False, lineterminator="\n")
    assert read_table(path, CLAIMS).to_numpy().tolist() == frame.to_numpy().tolist()


@given(stance_frames())
def test_stances_survive_a_file(
    tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame
) -> None:
    path = tmp_path_factory.getbasetemp() / "stances.csv"
    frame = frame[frame[["doc_id", "text"]].agg("".join, axis=1).map(_is_writable).astype(bool)]
    frame.to_csv(path, index=False, lineterminator="\n")
    read = read_table(path, STANCES_TABLE)
    assert read.to_numpy().tolist() == frame.to_numpy().tolist()
    covered = [text[a:b] for text, a, b in zip(read["text"], read["start"], read["end"])]  # noqa: B905
    assert covered == read["actor"].tolist()


@given(claim_frames())
def test_a_checked_frame_is_left_as_it_is(frame: pd.DataFrame) -> None:
    checked = read_table(frame, CLAIMS)
    assert_frame_equal(read_table(checked, CLAIMS), checked)


def _is_writable(text: str) -> bool:
    """Whether a CSV in UTF-8 can hold it: no lone surrogate, no line end but ``\\n``."""
    return "\r" not in text and not re.search("[\ud800-\udfff]", text)


# Bad tables


def test_every_bad_row_is_listed_at_once(write: Write) -> None:
    path = write(
        STANCES_HEADER,
        "a,1,Kenya won.,0,5,Kenya,supportive",
        "a,2,Kenya won.,0,5,Kenya,suportive",
        "a,3,Kenya won.,x,5,Kenya,critical",
        "a,4,Kenya won.,2.5,,Kenya,critical",
        "a,5,Kenya won.,5,5,Kenya,critical",
        "a,6,Kenya won.,0,11,Kenya,critical",
        "a,7,Kenya won.,-1,5,Kenya,critical",
        " ,8,Kenya won.,0,5,Kenya,critical",
        "a,9,Kenya won.,0,5,Kenya,",
        "a,10,Kenya won.,0,5,Kenya,mine",
    )
    stances = "supportive, neutral, critical, or labels of your own"
    span = "0 <= start < end <= 10"
    assert complaints(path, STANCES_TABLE) == [
        (3, "stance", stances, "'suportive' (did you mean 'supportive'?)"),
        (4, "start", "a whole number", "'x'"),
        (5, "start", "a whole number", "'2.5'"),
        (5, "end", "a whole number", "''"),
        (6, "start, end", span, "'5', '5'"),
        (7, "start, end", span, "'0', '11'"),
        (8, "start, end", span, "'-1', '5'"),
        (9, "doc_id", "some text", "' '"),
        (10, "stance", "some text", "''"),
    ]


def test_the_error_reads_like_a_note(write: Write) -> None:
    path = write(
        CLAIMS_HEADER, "a,1,Kenya won.,prediction", "a,2,,prediction", "a,3,Peru,predicton"
    )
    with pytest.raises(TableError, match="2 bad rows of 3") as caught:
        read_table(path, CLAIMS, consequence="Nothing was trained.")
    assert str(caught.value).splitlines() == [
        f"{path}: 2 bad rows of 3",
        "  row 3    text         expected some text   found ''",
        "  row 4    claim_types  expected prediction, official_statement, background_fact, "
        "or labels of your own   found 'predicton' (did you mean 'prediction'?)",
        "Nothing was trained.",
    ]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("Prediction", "'prediction'"),
        ("official statement", "'official_statement'"),
        ("prediction|backgroundfact", "'background_fact'"),
        ("mine|predictions", "'prediction'"),
    ],
)
def test_typing_errors_of_claim_types(cell: str, hint: str) -> None:
    frame = pd.DataFrame(
        {"doc_id": ["a"], "sentence_id": ["1"], "text": ["Kenya."], "claim_types": [cell]}
    )
    ((_, column, _, found),) = complaints(frame, CLAIMS)
    assert (column, found) == ("claim_types", f"{cell!r} (did you mean {hint}?)")


@pytest.mark.parametrize("start", ["", "one", "1.5", "nan", "inf", "-inf", None, np.nan, pd.NA])
def test_offsets_that_are_no_whole_numbers(start: object) -> None:
    frame = pd.DataFrame({"text": ["Kenya", "Kenya"], "start": [0, start], "end": [5, 5]})
    ((_, column, expected, _),) = complaints(frame, TARGETS)
    assert (column, expected) == ("start", "a whole number")


@pytest.mark.parametrize(("start", "end"), [(-2, 3), (3, 3), (4, 2), (0, 6), (10**18, 10**300)])
def test_offsets_outside_the_text(start: int, end: int) -> None:
    frame = pd.DataFrame({"text": ["Peru.", "Kenya"], "start": [0, start], "end": [4, end]})
    frame = frame.astype({"start": object, "end": object})
    assert ("start, end", "0 <= start < end <= 5") in [
        (column, expected) for _, column, expected, _ in complaints(frame, TARGETS)
    ]


def test_a_target_covers_a_word() -> None:
    frame = pd.DataFrame({"text": ["Kenya won.", "Kenya won."], "start": [0, 5], "end": [5, 6]})
    ((row, _, expected, found),) = complaints(frame, TARGETS)
    assert (row, expected, found) == (2, "a span that covers a word", "5, 6")


def test_offsets_count_characters_not_bytes() -> None:
    frame = pd.DataFrame({"text": ["😂한국"], "start": [1], "end": [3]})
    assert read_table(frame, TARGETS).loc[0].tolist() == ["😂한국", 1, 3]


@pytest.mark.parametrize("column", ["holder_start", "target_end"])
def test_both_spans_of_a_pair_are_checked(column: str) -> None:
    row = {"holder_start": 0, "holder_end": 5, "target_start": 12, "target_end": 16}
    good = {"text": "Kenya praised Peru.", **row}
    frame = pd.DataFrame([good, {**good, column: 99}])
    side = column.split("_")[0]
    ((_, columns, _, _),) = complaints(frame, PAIRS)
    assert columns == f"{side}_start, {side}_end"


def test_relations_are_pairs_with_a_stance() -> None:
    row = {"holder_start": 0, "holder_end": 5, "target_start": 14, "target_end": 18}
    frame = pd.DataFrame([{"text": "Kenya praised Peru.", **row, "stance": "supportive"}])
    assert read_table(frame, RELATIONS)["stance"].tolist() == ["supportive"]
    with pytest.raises(TableError, match=r"stance +expected this column"):
        read_table(frame.drop(columns="stance"), RELATIONS)


def test_holder_and_target_may_touch_but_not_overlap() -> None:
    spans = ["holder_start", "holder_end", "target_start", "target_end"]
    rows = [(0, 5, 5, 8), (6, 13, 0, 5), (0, 5, 4, 8), (0, 13, 6, 8), (6, 8, 6, 8)]
    frame = pd.DataFrame(rows, columns=spans).assign(text="Kenya praised Peru.")
    found = [(row, columns, expected) for row, columns, expected, _ in complaints(frame, PAIRS)]
    apart = (", ".join(spans), "two spans that do not overlap")
    assert found == [(row, *apart) for row in (3, 4, 5)]


def test_both_spans_of_a_pair_cover_words() -> None:
    row = {"holder_start": 5, "holder_end": 6, "target_start": 13, "target_end": 14}
    found = complaints(pd.DataFrame([{"text": "Kenya praised Peru.", **row}]), PAIRS)
    assert [(columns, expected) for _, columns, expected, _ in found] == [
        ("holder_start, holder_end", "a span that covers a word"),
        ("target_start, target_end", "a span that covers a word"),
    ]


offsets = st.integers(-2, 12)


@given(st.lists(st.tuples(st.sampled_from(TEXTS_OF_PAIRS), offsets, offsets, offsets, offsets)))
def test_every_bad_pair_is_listed_and_no_good_one(
    rows: list[tuple[str, int, int, int, int]],
) -> None:
    columns = ["text", "holder_start", "holder_end", "target_start", "target_end"]
    frame = pd.DataFrame(rows, columns=columns).assign(stance="neutral")
    bad = [number for number, row in enumerate(rows, 1) if not is_pair(*row)]
    try:
        read = read_table(frame, RELATIONS)
    except TableError as error:
        assert list(dict.fromkeys(one.row for one in error.rows)) == bad
    else:
        assert not bad
        assert len(read) == len(rows)


def is_pair(text: str, start: int, end: int, first: int, last: int) -> bool:
    spans = ((start, end), (first, last))
    good = all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in spans)
    return good and (end <= first or last <= start)


def test_named_targets_need_a_name() -> None:
    frame = pd.DataFrame({"text": ["Kenya won.", "Peru lost."], "actor": ["Kenya", " "]})
    ((_, column, expected, _),) = complaints(frame, NAMED_TARGETS)
    assert (column, expected) == ("actor", "some text")


@pytest.mark.parametrize("missing", CLAIMS.required)
def test_a_missing_column(missing: str, write: Write) -> None:
    header = [column for column in CLAIMS.required if column != missing]
    with pytest.raises(TableError, match=f"header +{missing} +expected this column +found ") as e:
        read_table(write(",".join(header), "a,b,c"), CLAIMS)
    assert "missing columns" in str(e.value).splitlines()[0]
    assert ", ".join(header) in str(e.value)


def test_all_missing_columns_at_once() -> None:
    with pytest.raises(TableError, match="missing columns") as caught:
        read_table(pd.DataFrame({"x": [1]}), STANCES_TABLE, consequence="Nothing was trained.")
    assert [row.column for row in caught.value.rows] == list(STANCES_TABLE.required)
    assert str(caught.value).endswith("\nNothing was trained.")


@pytest.mark.parametrize("typo", ["claim_type", "Claim_types", " claim_types"])
def test_a_misspelt_column_is_suggested(typo: str, write: Write) -> None:
    path = write(CLAIMS_HEADER.replace("claim_types", typo), "a,1,Kenya won.,")
    with pytest.raises(TableError, match=re.escape(f"(did you mean {typo!r}?)")):
        read_table(path, CLAIMS)


def test_a_long_cell_is_shown_in_part() -> None:
    frame = pd.DataFrame({"text": ["Kenya"], "start": ["long " * 1_000], "end": ["5"]})
    ((_, _, _, found),) = complaints(frame, TARGETS)
    assert (found[:6], found[-3:]) == ("'long ", "...")
    assert len(found) < 80


@given(claim_frames(min_size=1), st.data())
def test_bad_rows_are_found_wherever_they_are(frame: pd.DataFrame, data: st.DataObject) -> None:
    rows = st.integers(0, len(frame) - 1)
    bad = sorted(data.draw(st.sets(rows, min_size=1)))
    frame.loc[bad, "claim_types"] = "predicton"
    assert [row for row, *_ in complaints(frame, CLAIMS)] == [at + 1 for at in bad]


def test_the_first_row_of_a_frame_is_no_header() -> None:
    frame = pd.DataFrame({"text": ["Peru", "Kenya"], "start": [0, 0], "end": [5, 5]})
    with pytest.raises(TableError, match=r"1 bad row of 2\n  row 1 +start, end"):
        read_table(frame, TARGETS)


def test_a_missing_text_has_no_length() -> None:
    frame = pd.DataFrame({"text": [None], "start": [0], "end": [3]})
    assert ("0 <= start < end <= 0", "0, 3") in [
        (expected, found) for _, _, expected, found in complaints(frame, TARGETS)
    ]


def test_blank_lines_are_rows_of_a_spreadsheet(write: Write) -> None:
    path = write(CLAIMS_HEADER, "", "a,1,Peru lost.,", ",,,", "a,2,,", "")
    assert complaints(path, CLAIMS) == [(5, "text", "some text", "''")]
    good = read_table(write(CLAIMS_HEADER, "", "a,1,Peru lost.,", ""), CLAIMS)
    assert good.index.tolist() == [0]


def test_a_column_that_comes_twice() -> None:
    frame = pd.DataFrame([["Kenya won.", "Peru lost."]], columns=["text", "text"])
    with pytest.raises(InputError, match="each column once; found text more than once"):
        read_table(frame, SENTENCES)


# Files that are no tables


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.csv: no such file$"):
        read_table(tmp_path / "nothing.csv", CLAIMS)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected a CSV file; found a folder$"):
        read_csv(tmp_path)


def test_an_empty_file(write: Write) -> None:
    with pytest.raises(InputError, match=r"mine\.csv: not a readable CSV"):
        read_csv(write())


@pytest.mark.parametrize(("encoding", "byte"), [("latin-1", "0xe9"), ("utf-16", "0xff")])
def test_not_utf8(encoding: str, byte: str, write: Write) -> None:
    path = write(CLAIMS_HEADER, "a,1,café,", encoding=encoding)
    with pytest.raises(InputError, match=f"expected UTF-8 text; found byte {byte}.* as UTF-8"):
        read_csv(path)


@pytest.mark.parametrize("line", ['a,1,"Kenya won.,', "a,1,Kenya won.,prediction,more"])
def test_broken_lines(line: str, write: Write) -> None:
    with pytest.raises(InputError, match="not a readable CSV"):
        read_csv(write(CLAIMS_HEADER, "a,1,Peru lost.,", line))


def test_rows_longer_than_the_header_are_not_shifted(write: Write) -> None:
    with pytest.raises(InputError, match="rows longer than the header"):
        read_csv(write(CLAIMS_HEADER, "a,1,Kenya won.,prediction,"))
