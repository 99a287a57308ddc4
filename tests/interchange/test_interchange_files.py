from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError, TableError
from stancekit.interchange import FORMATS, read, write
from stancekit.tables import CLAIMS as CLAIMS_SCHEMA
from stancekit.tables import STANCES_TABLE

CLAIMS = pd.DataFrame(
    [{"doc_id": "d", "sentence_id": "S1", "text": "Rates rose.", "claim_types": "prediction"}]
)

keys = st.sampled_from(
    "text label labels entities cats spans accept answer meta stancekit claims stances start end "
    "start_offset end_offset data annotations result type value choices doc_id".split()
)
scalars = st.sampled_from([None, True, 0, 2, 1e400, "labels", "choices", "xyz", ""])


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=4))


@settings(max_examples=150, deadline=None)
@given(st.recursive(scalars, nested, max_leaves=20), st.sampled_from(sorted(FORMATS)))
def test_any_json_is_read_whole_or_refused(value: Any, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "mine")
        path.write_text(json.dumps([value] if name == "label-studio" else value))
        try:
            found = read(path, name)
        except InputError as error:
            assert str(path) in str(error)
        else:
            tables = [(found.claims, CLAIMS_SCHEMA), (found.stances, STANCES_TABLE)]
            columns = [(frame.columns, schema) for frame, schema in tables if frame is not None]
            assert columns
            assert all(set(schema.required) <= set(names) for names, schema in columns)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b'{"text": "x", "spans": [',
            r"mine, line 1: expected JSON; found '\{\"text\": .*column 25",
        ),
        (b"[1,", r"mine: expected JSON; found '\[1,' \(Expecting value: line 1"),
        (b"[" * 100_000, r"mine: expected JSON; found '\[\["),
        (b'{"text": "\xff"}', r"mine: expected UTF-8 text; found byte 0xff at position 10"),
        (
            b'{"text": "\\ud83d", "spans": []}',
            r"mine, line 1: expected whole characters; found half of a surrogate pair, '\\ud83d'",
        ),
    ],
)
def test_a_damaged_file_is_one_error(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "mine"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read(path, "label-studio" if content.startswith(b"[") else "jsonl")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json: no such file"):
        read(tmp_path / "none.json")
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\)"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"text": "x", "tokens": []}', "found keys text, tokens"),
        ("doc_id,text\nd,x", "found neither a list nor a line of JSON"),
        ("", "found neither a list nor a line of JSON"),
        ("7", "found neither a list nor a line of JSON"),
    ],
)
def test_an_unknown_format_lists_the_known_ones(tmp_path: Path, content: str, found: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=r"mine\.jsonl: expected one of these formats") as caught:
        read(path)
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == list(FORMATS)
    assert lines[-1] == found


def test_a_misspelt_format_names_the_nearest(tmp_path: Path) -> None:
    message = r"label-studio, doccano, jsonl; found 'docano' \(did you mean 'doccano'\?\)"
    with pytest.raises(InputError, match=message):
        write(tmp_path / "mine", "docano", claims=CLAIMS)
    with pytest.raises(InputError, match=message):
        read(tmp_path / "mine", "docano")


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(b'\xef\xbb\xbf\r\n{"text": "x y", "label": [[0, 1, "z"]]}\r\n')
    stances = read(path).stances
    assert stances is not None
    assert stances["actor"].tolist() == ["x"]


def test_tables_can_be_files(tmp_path: Path) -> None:
    CLAIMS.to_csv(tmp_path / "claims.csv", index=False)
    write(tmp_path / "mine", "jsonl", claims=tmp_path / "claims.csv")
    claims = read(tmp_path / "mine").claims
    assert claims is not None
    pd.testing.assert_frame_equal(claims, CLAIMS)


def test_nothing_to_write(tmp_path: Path) -> None:
    for frames in ({}, {"claims": CLAIMS.iloc[:0]}):
        with pytest.raises(InputError, match="at least one row; found none to write"):
            write(tmp_path / "mine", "jsonl", **frames)


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("before")
    with pytest.raises(TableError, match=r"expected some text[\s\S]*Nothing was written\."):
        write(path, "jsonl", claims=CLAIMS.assign(doc_id=""))
    with pytest.raises(InputError, match="mine: expected whole characters; found half of a surr"):
        write(path, "jsonl", claims=CLAIMS.assign(text=pd.Series(["\ud83d"], dtype=object)))
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_of_the_old_file_never_sees_half_of_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("before")
    with path.open() as opened:
        write(path, "jsonl", claims=CLAIMS)
        assert opened.read() == "before"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mine: cannot be written \(No such file or directory\)"):
        write(tmp_path / "none" / "mine", "jsonl", claims=CLAIMS)
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=r"folder: cannot be written \(Is a directory\)"):
        write(tmp_path / "folder", "jsonl", claims=CLAIMS)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
