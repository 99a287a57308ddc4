from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import ModelError
from stancekit.saved.heads import CLAIMS, STANCES
from stancekit.saved.manifest import FileRecord, Manifest, said_of

TEXTS = st.text(max_size=20)
CELLS = st.one_of(TEXTS, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.none())
RECORDS = st.lists(st.dictionaries(TEXTS, CELLS, max_size=3), max_size=3).map(tuple)
NAMES = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9),
    min_size=1,
    max_size=4,
    unique=True,
)


RECORD = {"sha256": "a" * 64, "bytes": 1}


def manifest(**fields: Any) -> Manifest:
    made: dict[str, Any] = {
        "name": "tiny",
        "stancekit": "0.1.0",
        "libraries": {"numpy": "2.0"},
        "labels": {"claims": ("prediction",)},
        "thresholds": {"prediction": 0.5},
        "files": {CLAIMS.file: FileRecord.of(b"head")},
    }
    return Manifest(**{**made, **fields})


def edited(**fields: Any) -> bytes:
    return json.dumps(json.loads(manifest().to_json()) | fields).encode()


@given(NAMES, NAMES, TEXTS, RECORDS, RECORDS, st.data())
def test_reading_gives_what_was_written(
    claims: list[str],
    stances: list[str],
    description: str,
    data: tuple[dict[str, Any], ...],
    scores: tuple[dict[str, Any], ...],
    draw: st.DataObject,
) -> None:
    written = manifest(
        labels={"claims": tuple(claims), "stances": tuple(stances)},
        thresholds={name: draw.draw(st.floats(0, 1)) for name in claims},
        files={CLAIMS.file: FileRecord.of(b"a"), STANCES.file: FileRecord.of(b"b")},
        description=description,
        data=data,
        scores=scores,
    )
    read = Manifest.from_json(written.to_json().encode("ascii"), "m")
    assert read == written
    assert read.to_json() == written.to_json()


def test_another_layout_of_the_same_json_is_fine() -> None:
    fields = json.loads(manifest().to_json())
    reordered = json.dumps(dict(reversed(fields.items())))
    assert Manifest.from_json(reordered.encode(), "m") == manifest()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"format": 3}, r"m: format: expected 1 to 2, .* upgrade to load it; found 3"),
        ({"format": 0}, r"m: format: expected 1 to 2, .* this stancekit reads; found 0"),
        ({"format": True}, "m: format: expected 1 to 2, .*; found True"),
        ({"format": "1"}, "m: format: expected 1 to 2, .*; found '1'"),
        ({"name": ""}, "m: name: expected one line of text; found ''"),
        ({"name": "a\nb"}, "m: name: expected one line of text"),
        ({"stancekit": 1}, "m: stancekit: expected a version; found 1"),
        ({"libraries": {"numpy": 2}}, "m: libraries: expected a version by library"),
        ({"labels": ["prediction"]}, "m: labels: expected a list of different names by head"),
        ({"labels": {"claims": ["a", "a"]}}, "m: labels: expected a list of different names"),
        ({"labels": {"claims": []}}, "m: labels: expected a list of different names"),
        ({"labels": {"stances": [1]}}, "m: labels: expected a list of different names"),
        (
            {"labels": {"claims": ["prediction"], "stances": ["a"]}},
            r"m: files: missing head stances\.skops, which tells the stances",
        ),
        ({"labels": {"moods": ["a"]}}, "m: labels: expected only claims, stances.*found 'moods'"),
        ({"labels": {}}, "m: labels: expected the labels of a head; found {}"),
        (
            {"files": {CLAIMS.file: RECORD, STANCES.file: RECORD}},
            r"m: labels: expected the labels of stances\.skops",
        ),
        (
            {"files": {CLAIMS.file: RECORD, "encoder.onnx": RECORD}},
            r"m: files: missing tokenizer\.json, a part of the encoder",
        ),
        (
            {"files": {CLAIMS.file: RECORD, "tokenizer.json": RECORD}},
            r"m: files: missing encoder\.onnx, a part of the encoder",
        ),
        ({"thresholds": {"prediction": 1.5}}, "m: thresholds: expected a number from 0 to 1"),
        ({"thresholds": {"prediction": True}}, "m: thresholds: expected a number from 0 to 1"),
        ({"thresholds": {}}, "m: thresholds: expected one for each of prediction; found {}"),
        ({"files": []}, r"m: files: expected size and digest by file; found \[\]"),
        ({"files": {CLAIMS.file: {}}}, r"m: files: claims\.skops: expected sha256 and bytes"),
        (
            {"files": {CLAIMS.file: {"sha256": "A" * 64, "bytes": 1}}},
            r"m: files: claims\.skops: sha256: expected 64 hexadecimal digits; found 'AAA",
        ),
        (
            {"files": {CLAIMS.file: {"sha256": "a" * 64, "bytes": -1}}},
            r"m: files: claims\.skops: bytes: expected a size in bytes; found -1",
        ),
        ({"description": None}, "m: description: expected a text; found None"),
        ({"data": {}}, "m: data: expected a list of records"),
        ({"scores": [1]}, r"m: scores: expected a list of records; found \[1\]"),
        ({"limits": "none"}, "m: limits: expected a list of texts; found 'none'"),
        ({"more": []}, r"m: more: expected an object; found \[\]"),
        ({"treshold": 1}, r"m: treshold: unknown field \(did you mean 'thresholds'\?\)"),
        ({"description": "Changed."}, "m: sha256: expected the digest of the other fields"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError, match=told):
        Manifest.from_json(edited(**fields), "m")


@pytest.mark.parametrize("key", sorted(json.loads(manifest().to_json())))
def test_a_missing_field_is_named(key: str) -> None:
    fields = json.loads(manifest().to_json())
    del fields[key]
    with pytest.raises(ModelError, match=f"m: {key}: (missing, )?expected"):
        Manifest.from_json(json.dumps(fields).encode(), "m")


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000, b'{"format": 1'])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(ModelError, match="m: expected JSON; found a damaged file"):
        Manifest.from_json(text, "m")


@pytest.mark.parametrize("text", [b"[]", b"null", b'"format"'])
def test_what_is_no_object_is_refused(text: bytes) -> None:
    with pytest.raises(ModelError, match="m: its contents: expected a JSON object"):
        Manifest.from_json(text, "m")


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(text: bytes) -> None:
    with pytest.raises(ModelError, match=r"^m: "):
        Manifest.from_json(text, "m")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, object()])
def test_what_json_cannot_hold_is_refused_when_saving(value: object) -> None:
    with pytest.raises(ModelError, match="`about` holds what JSON can't"):
        manifest(more={"score": value}).to_json()


def test_what_a_model_says_of_itself_comes_back() -> None:
    about = {
        "description": "For tests.",
        "data": [{"table": "claims", "rows": 3}],
        "scores": [{"metric": "f1", "value": 0.5}],
        "limits": ["English only."],
        "base": None,
        "seed": 3,
    }
    written = manifest(**said_of(about)).to_json()
    assert Manifest.from_json(written.encode(), "m").about == about


# Format 1


def format_1(**fields: Any) -> bytes:
    """Write a manifest as stancekit 0.1 did at first."""
    made = {
        "format": 1,
        "name": "old",
        "stancekit": "0.1.0",
        "libraries": {"numpy": "2.0"},
        "claim_labels": ["prediction"],
        "stance_labels": ["for", "against"],
        "thresholds": {"prediction": 0.5},
        "files": {CLAIMS.file: RECORD, STANCES.file: RECORD},
        "description": "",
        "data": [],
        "scores": [],
        "limits": ["Old."],
        "more": {},
        **fields,
    }
    canonical = json.dumps(made, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps({**made, "sha256": hashlib.sha256(canonical).hexdigest()}).encode()


def test_format_1_is_read() -> None:
    read = Manifest.from_json(format_1(), "m")
    assert read.claim_labels == ("prediction",)
    assert read.stance_labels == ("for", "against")
    assert read.limits == ("Old.",)
    assert [head.name for head in read.heads] == ["claims", "stances"]
    assert not read.has_encoder
    assert Manifest.from_json(read.to_json().encode(), "m") == read


def test_format_1_without_a_head_is_read() -> None:
    one = format_1(stance_labels=[], files={CLAIMS.file: RECORD})
    assert Manifest.from_json(one, "m").labels == {"claims": ("prediction",)}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"labels": {}}, "m: labels: unknown field"),
        ({"claim_labels": "prediction"}, "m: claim_labels: expected a list of different names"),
        ({"stance_labels": ["a", "a"]}, "m: stance_labels: expected a list of different names"),
        ({"stance_labels": []}, r"m: stance_labels: expected the labels of stances\.skops"),
        ({"files": {CLAIMS.file: RECORD}}, r"m: files: missing head stances\.skops"),
        (
            {"claim_labels": [], "stance_labels": []},
            "m: claim_labels, stance_labels: expected the labels of a head",
        ),
        ({"thresholds": {}}, "m: thresholds: expected one for each of prediction"),
        (
            {"files": {"encoder.onnx": RECORD}},
            "m: files: expected only README.md, claims.skops, stances.skops; found 'encoder.onnx'",
        ),
    ],
)
def test_a_wrong_field_of_format_1_is_named(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError, match=told):
        Manifest.from_json(format_1(**fields), "m")


def test_a_changed_format_1_is_refused() -> None:
    with pytest.raises(ModelError, match="m: sha256: expected the digest of the other fields"):
        Manifest.from_json(format_1().replace(b"Old.", b"New."), "m")


@pytest.mark.parametrize("key", ["claim_labels", "name", "sha256"])
def test_a_missing_field_of_format_1_is_named(key: str) -> None:
    fields = json.loads(format_1())
    del fields[key]
    with pytest.raises(ModelError, match=f"m: {key}: (missing, )?expected"):
        Manifest.from_json(json.dumps(fields).encode(), "m")
