from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import ModelError
from stancekit.saved.fields import CLAIMS_HEAD, STANCES_HEAD
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


def manifest(**fields: Any) -> Manifest:
    made: dict[str, Any] = {
        "name": "tiny",
        "stancekit": "0.1.0",
        "libraries": {"numpy": "2.0"},
        "claim_labels": ("prediction",),
        "stance_labels": (),
        "thresholds": {"prediction": 0.5},
        "files": {CLAIMS_HEAD: FileRecord.of(b"head")},
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
        claim_labels=tuple(claims),
        stance_labels=tuple(stances),
        thresholds={name: draw.draw(st.floats(0, 1)) for name in claims},
        files={CLAIMS_HEAD: FileRecord.of(b"a"), STANCES_HEAD: FileRecord.of(b"b")},
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
        ({"format": 2}, r"m: format: expected 1, .* upgrade to load it; found 2"),
        ({"format": 0}, r"m: format: expected 1, the format that this stancekit reads; found 0"),
        ({"format": True}, "m: format: expected 1, .*; found True"),
        ({"format": "1"}, "m: format: expected 1, .*; found '1'"),
        ({"name": ""}, "m: name: expected one line of text; found ''"),
        ({"name": "a\nb"}, "m: name: expected one line of text"),
        ({"stancekit": 1}, "m: stancekit: expected a version; found 1"),
        ({"libraries": {"numpy": 2}}, "m: libraries: expected a version by library"),
        ({"claim_labels": "prediction"}, "m: claim_labels: expected a list of different names"),
        ({"claim_labels": ["a", "a"]}, "m: claim_labels: expected a list of different names"),
        ({"stance_labels": [1]}, "m: stance_labels: expected a list of different names"),
        ({"stance_labels": ["a"]}, r"m: files: missing head stances\.skops"),
        ({"claim_labels": []}, "m: claim_labels, stance_labels: expected the labels of a head"),
        ({"thresholds": {"prediction": 1.5}}, "m: thresholds: expected a number from 0 to 1"),
        ({"thresholds": {"prediction": True}}, "m: thresholds: expected a number from 0 to 1"),
        ({"thresholds": {}}, "m: thresholds: expected one for each of prediction; found {}"),
        ({"files": []}, r"m: files: expected size and digest by file; found \[\]"),
        ({"files": {CLAIMS_HEAD: {}}}, r"m: files: claims\.skops: expected sha256 and bytes"),
        (
            {"files": {CLAIMS_HEAD: {"sha256": "A" * 64, "bytes": 1}}},
            r"m: files: claims\.skops: sha256: expected 64 hexadecimal digits; found 'AAA",
        ),
        (
            {"files": {CLAIMS_HEAD: {"sha256": "a" * 64, "bytes": -1}}},
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
