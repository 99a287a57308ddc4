"""Models with an encoder: saved, loaded, spoilt."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.encoder import GRAPH_FILE, TOKENIZER_FILE, Encoder, read_sentences
from stancekit.errors import ModelError
from stancekit.model import Model
from stancekit.saved.manifest import MANIFEST, FileRecord, Manifest
from stancekit.saved.read import read_manifest, read_saved
from stancekit.store import load, save

TEXTS = ["The minister said prices may fall.", "", "Talks: 3 in the harbour 😂."]
DATA = Path(__file__).parents[1] / "encoder" / "data"


@pytest.fixture(scope="module")
def folder(neural: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model for tests that put back what they spoil."""
    return save(neural, tmp_path_factory.mktemp("neural") / "model")


def forge(folder: Path, name: str, data: bytes) -> None:
    """Change a file and the manifest with it, as someone who means harm would."""
    path = folder / MANIFEST
    fields = vars(Manifest.from_json(path.read_bytes(), MANIFEST))
    files = {**fields["files"], name: FileRecord.of(data)}
    path.write_text(Manifest(**{**fields, "files": files}).to_json())
    (folder / name).write_bytes(data)


def test_the_encoder_comes_back(neural: Model, folder: Path) -> None:
    loaded = load(folder)
    assert loaded.encoder is not None
    assert neural.encoder is not None
    assert loaded.encoder.digest == neural.encoder.digest
    for one, two in zip(
        read_sentences(loaded.encoder, TEXTS), read_sentences(neural.encoder, TEXTS), strict=True
    ):
        assert np.array_equal(one.vectors, two.vectors)


def test_a_loaded_model_gives_identical_probabilities(neural: Model, folder: Path) -> None:
    loaded = load(folder)
    claims = pd.DataFrame({"text": TEXTS, "doc_id": "a"})
    columns = ["text", "holder_start", "holder_end", "target_start", "target_end"]
    pairs = pd.DataFrame([("Velmark praised Tarrin.", 0, 7, 16, 22)], columns=columns)
    assert loaded.label_claims(claims).equals(neural.label_claims(claims))
    assert loaded.label_relations(pairs).equals(neural.label_relations(pairs))


def test_the_folder_holds_the_files_as_they_were(folder: Path) -> None:
    names = {"README.md", "claims.skops", "relations.skops", MANIFEST}
    names |= {GRAPH_FILE, TOKENIZER_FILE}
    assert {path.name for path in folder.iterdir()} == names
    assert (folder / GRAPH_FILE).read_bytes() == (DATA / GRAPH_FILE).read_bytes()
    assert read_manifest(folder).has_encoder
    assert {"onnxruntime", "tokenizers"} <= set(read_manifest(folder).libraries)


def test_saving_a_loaded_model_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = save(load(folder), tmp_path / "again")
    for path in folder.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()


def test_a_model_without_an_encoder_has_none(saved: Path) -> None:
    assert read_saved(saved).encoder is None
    assert not read_manifest(saved).has_encoder
    assert "onnxruntime" not in read_manifest(saved).libraries


@settings(max_examples=40)
@given(
    st.sampled_from((GRAPH_FILE, TOKENIZER_FILE)),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 255),
)
def test_any_changed_byte_or_truncation_is_refused(
    folder: Path, name: str, place: float, mask: int
) -> None:
    path = folder / name
    data = path.read_bytes()
    at = int(place * len(data))
    spoilt = data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :] if mask else data[:at]
    path.write_bytes(spoilt)
    try:
        with pytest.raises(ModelError, match=f"{name}: expected .* The folder is damaged"):
            load(folder)
    finally:
        path.write_bytes(data)


@pytest.mark.parametrize("name", [GRAPH_FILE, TOKENIZER_FILE])
def test_half_an_encoder_is_refused(neural: Model, tmp_path: Path, name: str) -> None:
    folder = save(neural, tmp_path / "half")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"missing {name}"):
        load(folder)
    fields = json.loads((folder / MANIFEST).read_text())
    del fields["files"][name]
    (folder / MANIFEST).write_text(json.dumps(fields))
    with pytest.raises(ModelError, match=rf"manifest\.json: files: missing {name}, a part of the"):
        load(folder)


def test_a_forged_graph_is_refused_before_it_runs(neural: Model, tmp_path: Path) -> None:
    folder = save(neural, tmp_path / "forged")
    graph = (folder / GRAPH_FILE).read_bytes()
    forge(folder, GRAPH_FILE, graph.replace(b"com.microsoft", b"com.micros0ft"))
    with pytest.raises(ModelError, match=r"encoder\.onnx: holds operators of 'com\.micros0ft'"):
        load(folder)
    forge(folder, GRAPH_FILE, graph[: len(graph) // 2])
    with pytest.raises(ModelError, match=r"encoder\.onnx: expected an ONNX graph; .* damaged"):
        load(folder)


def test_a_forged_tokenizer_is_refused(neural: Model, tmp_path: Path) -> None:
    folder = save(neural, tmp_path / "forged")
    words = (folder / TOKENIZER_FILE).read_bytes()
    forge(folder, TOKENIZER_FILE, words.replace(b"harbour", b"airport"))
    with pytest.raises(ModelError, match=r"tokenizer\.json: expected the tokenizer"):
        load(folder)
    forge(folder, TOKENIZER_FILE, words[:-5])
    with pytest.raises(ModelError, match=r"tokenizer\.json: .*found a damaged file"):
        load(folder)


def test_a_pickled_model_keeps_its_encoder(neural: Model) -> None:
    import pickle

    again = pickle.loads(pickle.dumps(neural))
    assert isinstance(again.encoder, Encoder)
    assert again.encoder.digest == neural.encoder.digest
