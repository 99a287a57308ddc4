from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from stancekit.encoder import Encoder, read_sentences
from stancekit.errors import InputError, ModelError
from training.encoder.graph import DISTANCES
from training.encoder.mpnet import as_bert, bert_name

DATA = Path(__file__).parent / "data" / "mpnet"
N_PLACES = 198


@pytest.fixture(scope="module")
def read() -> Callable[[str], Encoder]:
    """Read a tiny MPNet of random weights, see ``make_data.py``."""
    words = (DATA / "tokenizer.json").read_bytes()
    return lambda name: Encoder((DATA / name).read_bytes(), words)


@pytest.mark.parametrize(("name", "least"), [("encoder.onnx", 0.995), ("float32.onnx", 0.999999)])
def test_the_graph_gives_what_the_network_gives(
    read: Callable[[str], Encoder], name: str, least: float
) -> None:
    encoder = read(name)
    with np.load(DATA / "expected.npz") as found:
        windows = [(found[f"ids{n}"], found[f"vectors{n}"]) for n in range(len(found) // 2)]
    assert max(len(ids) for ids, _ in windows) > 100  # far enough for every bucket of distances
    for ids, expected in windows:
        vectors = encoder.run(ids.tolist())
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
        assert ((vectors * expected).sum(axis=1) / lengths).min() > least


def test_windows_have_the_marks_of_its_tokenizer(read: Callable[[str], Encoder]) -> None:
    encoder = read("float32.onnx")
    assert (encoder.width, encoder.start, encoder.end) == (24, 0, 2)
    (tokens,) = encoder.tokenize(["</s> [SEP]"])
    assert not {encoder.start, encoder.end} & set(tokens.ids)


def test_the_words_before_count(read: Callable[[str], Encoder]) -> None:
    texts = ["The minister said prices may fall.", "Talks ended."]
    together = read_sentences(read("float32.onnx"), texts)
    alone = read_sentences(read("float32.onnx"), texts[1:])
    assert together[1].vectors.shape == alone[0].vectors.shape
    assert not np.allclose(together[1].vectors, alone[0].vectors)


def test_a_window_of_more_tokens_than_places_is_an_error(read: Callable[[str], Encoder]) -> None:
    encoder = read("float32.onnx")
    assert len(encoder.run([5] * N_PLACES)) == N_PLACES
    with pytest.raises(ModelError, match=r"^encoder\.onnx: can't be run: "):
        encoder.run([5] * (N_PLACES + 1))


def test_weights_are_named_as_berts() -> None:
    of_layer = "encoder.layer.0.attention"
    assert bert_name(f"{of_layer}.attn.o.bias") == f"{of_layer}.output.dense.bias"
    assert bert_name(f"{of_layer}.LayerNorm.bias") == f"{of_layer}.output.LayerNorm.bias"
    same = "encoder.layer.0.output.LayerNorm.bias"
    assert bert_name(same) == same


def test_distances_are_looked_up_from_the_query_to_the_key() -> None:
    pytest.importorskip("transformers")
    places = np.arange(22.0, dtype=np.float32).reshape(11, 2)
    state = {
        "embeddings.word_embeddings.weight": np.ones((5, 2), np.float32),
        "embeddings.position_embeddings.weight": places,
        "encoder.relative_attention_bias.weight": np.arange(32.0, dtype=np.float32)[:, None],
    }
    told = as_bert(state)
    assert told["embeddings.position_embeddings.weight"].tolist() == places[2:].tolist()
    assert told["embeddings.token_type_embeddings.weight"].tolist() == [[0, 0]]
    # Nine places: from eight before to eight after, keys after the query in the upper half.
    assert told[DISTANCES].tolist() == [[8, 7, 6, 5, 4, 3, 2, 1, 0, *range(17, 25)]]


def test_an_mpnet_with_another_bend_is_refused(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    from training.encoder.export import export_encoder

    config = transformers.MPNetConfig(
        vocab_size=9, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, hidden_act="relu"
    )
    with pytest.raises(InputError, match=r"expected a network of type .*found mpnet with relu"):
        export_encoder(transformers.MPNetModel(config), tmp_path, tokenizer=tmp_path / "t.json")
