from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import ModelError
from stancekit.model import Model
from stancekit.saved.archive import pack
from stancekit.saved.fields import CARD
from stancekit.saved.heads import CLAIMS, STANCES
from stancekit.saved.manifest import MANIFEST, FileRecord
from stancekit.saved.read import read_manifest
from stancekit.store import load

LISTED = (CLAIMS.file, STANCES.file, CARD)


def forge(folder: Path, **contents: bytes) -> None:
    """Change files and the manifest with them, as someone who means harm would."""
    manifest = read_manifest(folder)
    named = {name.replace("_", "."): data for name, data in contents.items()}
    files = {**manifest.files, **{name: FileRecord.of(data) for name, data in named.items()}}
    (folder / MANIFEST).write_text(replace(manifest, files=files).to_json())
    for name, data in named.items():
        (folder / name).write_bytes(data)


def edit(folder: Path, **fields: Any) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@contextmanager
def spoilt(path: Path, data: bytes) -> Iterator[None]:
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(before)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LISTED), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_any_changed_byte_is_refused(shared: Path, name: str, place: float, mask: int) -> None:
    data = bytearray((shared / name).read_bytes())
    data[int(place * len(data))] ^= mask
    with spoilt(shared / name, bytes(data)), pytest.raises(ModelError, match=f"{name}: .* others"):
        load(shared)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(LISTED), st.floats(0, 1, exclude_max=True))
def test_any_truncation_is_refused(shared: Path, name: str, place: float) -> None:
    data = (shared / name).read_bytes()
    kept = data[: int(place * len(data))]
    told = rf"{name}: expected {len(data):,} bytes; found {len(kept):,}\. The folder is damaged"
    with spoilt(shared / name, kept), pytest.raises(ModelError, match=told):
        load(shared)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(LISTED), st.binary(min_size=1, max_size=9))
def test_anything_appended_is_refused(shared: Path, name: str, more: bytes) -> None:
    data = (shared / name).read_bytes()
    with (
        spoilt(shared / name, data + more),
        pytest.raises(ModelError, match=f"{name}: expected {len(data):,} bytes; found more"),
    ):
        load(shared)


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_changed_byte_of_the_manifest_is_refused_or_says_nothing(
    shared: Path, place: float, mask: int
) -> None:
    before = read_manifest(shared)
    data = bytearray((shared / MANIFEST).read_bytes())
    data[int(place * len(data))] ^= mask
    with spoilt(shared / MANIFEST, bytes(data)):
        try:
            assert read_manifest(shared) == before
        except ModelError as error:
            assert MANIFEST in str(error)


@pytest.mark.parametrize("place", [0, 1, 40, 400, -2])
def test_a_truncated_manifest_is_refused(saved: Path, place: int) -> None:
    path = saved / MANIFEST
    path.write_bytes(path.read_bytes()[:place])
    with pytest.raises(ModelError, match=r"manifest\.json: expected JSON; found a damaged file"):
        load(saved)


def test_swapped_heads_are_refused(saved: Path) -> None:
    claims, stances = (saved / CLAIMS.file).read_bytes(), (saved / STANCES.file).read_bytes()
    (saved / CLAIMS.file).write_bytes(stances)
    (saved / STANCES.file).write_bytes(claims)
    with pytest.raises(ModelError, match=r"\.skops: expected [\d,]+ bytes; found"):
        load(saved)
    forge(saved, claims_skops=stances, stances_skops=claims)
    with pytest.raises(ModelError, match="expected a ClaimClassifier; found StanceClassifier"):
        load(saved)


def test_a_head_with_other_labels_is_refused(saved: Path, model: Model) -> None:
    two = type(model.stances)()
    two.__dict__.update(model.stances.__dict__, classes_=model.stances.classes_[:2])
    forge(saved, stances_skops=pack(two))
    with pytest.raises(ModelError, match=r"expected the labels .*; found supportive, neutral"):
        load(saved)


def test_an_unfitted_head_is_refused(saved: Path, model: Model) -> None:
    forge(saved, stances_skops=pack(type(model.stances)()))
    with pytest.raises(ModelError, match=r"expected a fitted StanceClassifier; found .*classes_"):
        load(saved)


def test_a_renamed_pickle_is_refused(saved: Path, model: Model) -> None:
    forge(saved, claims_skops=pickle.dumps(model.claims))
    with pytest.raises(ModelError, match=r"claims\.skops: .*found a pickle, which is never read"):
        load(saved)


@pytest.mark.parametrize("name", LISTED)
def test_a_missing_file_is_named(saved: Path, name: str) -> None:
    (saved / name).unlink()
    with pytest.raises(ModelError, match=f"missing {name}"):
        load(saved)


def test_a_head_that_the_manifest_lacks_is_named(saved: Path) -> None:
    files = json.loads((saved / MANIFEST).read_text())["files"]
    edit(saved, files={name: files[name] for name in (CARD, STANCES.file)})
    with pytest.raises(ModelError, match=r"missing head claims\.skops"):
        load(saved)


def test_a_file_that_is_not_listed_is_refused(saved: Path) -> None:
    (saved / "notes.txt").write_text("Mine.")
    with pytest.raises(ModelError, match=r"found also notes\.txt\. Move them elsewhere"):
        load(saved)


def test_hidden_files_of_the_desktop_do_no_harm(saved: Path) -> None:
    (saved / ".directory").write_text("icons")
    assert load(saved).name == "tiny"


@pytest.mark.parametrize(
    "name", ["../claims.skops", "/etc/passwd", "a/b", "claims.skops\0", "..", "", "encoder.bin"]
)
def test_the_manifest_leads_nowhere_else(saved: Path, name: str) -> None:
    files = json.loads((saved / MANIFEST).read_text())["files"]
    edit(saved, files={**files, name: files[CARD]})
    with pytest.raises(ModelError, match=r"manifest\.json: files: expected only README\.md"):
        load(saved)


@pytest.mark.parametrize("name", [*LISTED, MANIFEST])
def test_symbolic_links_are_refused(saved: Path, tmp_path: Path, name: str) -> None:
    moved = (saved / name).rename(tmp_path / "elsewhere")
    (saved / name).symlink_to(moved)
    with pytest.raises(ModelError, match=f"{name}: .*found a symbolic link"):
        load(saved)


@pytest.mark.parametrize("name", LISTED)
def test_hard_links_are_refused(saved: Path, tmp_path: Path, name: str) -> None:
    os.link(saved / name, tmp_path / "elsewhere")
    with pytest.raises(ModelError, match=f"{name}: .*found a hard link"):
        load(saved)


@pytest.mark.parametrize("name", [CLAIMS.file, MANIFEST])
def test_what_is_no_file_is_refused(saved: Path, name: str) -> None:
    (saved / name).unlink()
    os.mkfifo(saved / name)
    with pytest.raises(ModelError, match=f"{name}: expected a file; found something else"):
        load(saved)


def test_the_bytes_that_were_hashed_are_loaded(
    saved: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes a file after it was read comes too late."""
    from stancekit.saved import read

    def unpack_late(data: bytes, source: str) -> Any:
        Path(source).write_bytes(b"changed")
        return unpack(data, source)

    unpack = read.unpack
    monkeypatch.setattr(read, "unpack", unpack_late)
    assert load(saved).claims.coef_.tolist() == model.claims.coef_.tolist()
