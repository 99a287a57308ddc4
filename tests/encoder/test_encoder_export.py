from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from stancekit.errors import InputError
from training.encoder.balance import balanced
from training.encoder.export import export_encoder, plain_tokenizer
from training.encoder.graph import int8_columns

MATRICES = arrays.arrays(
    np.float32,
    arrays.array_shapes(min_dims=2, max_dims=2, max_side=6),
    elements=st.floats(-1000, 1000, width=32, allow_subnormal=False),
)


@given(MATRICES)
def test_int8_is_near_by_half_a_step(matrix: np.ndarray) -> None:
    rounded, scales = int8_columns(matrix)
    assert rounded.dtype == np.int8
    assert scales.dtype == np.float32
    assert (np.abs(rounded * scales - matrix) <= scales * 0.5001).all()
    assert np.abs(rounded.astype(int)).max(initial=0) <= 127


def layer(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Make the weights of one layer, some channels far larger than others."""
    shapes = {
        "attention.self.query": (4, 4),
        "attention.self.key": (4, 4),
        "attention.self.value": (4, 4),
        "attention.output.dense": (4, 4),
        "intermediate.dense": (8, 4),
        "output.dense": (4, 8),
    }
    state = {}
    for name, shape in shapes.items():
        state[f"encoder.layer.0.{name}.weight"] = rng.lognormal(size=shape).astype(np.float32)
        state[f"encoder.layer.0.{name}.bias"] = rng.normal(size=shape[0]).astype(np.float32)
    return state


def peaks_of(state: dict[str, np.ndarray], large: int) -> dict[str, np.ndarray]:
    """Say that one channel of every input is thirty times the others."""
    names = [key.removesuffix(".weight") for key in state if key.endswith("weight")]
    n_channels = {name: state[f"{name}.weight"].shape[1] for name in names}
    return {name: np.where(np.arange(n) == large, 30.0, 1.0) for name, n in n_channels.items()}


def products(state: dict[str, np.ndarray], name: str, x: np.ndarray) -> np.ndarray:
    found = x @ state[f"encoder.layer.0.{name}.weight"].T
    return np.asarray(found + state[f"encoder.layer.0.{name}.bias"])


@given(st.integers(0, 10**6), st.integers(0, 3))
def test_moving_scale_into_the_weights_changes_no_result(seed: int, large: int) -> None:
    rng = np.random.default_rng(seed)
    state = layer(rng)
    new, factors = balanced(state, peaks_of(state, large), 1)
    for name, place in (
        ("attention.self.query", "attention"),
        ("attention.self.key", "attention"),
        ("intermediate.dense", "intermediate.dense"),
        ("output.dense", "output.dense"),
    ):
        x = rng.normal(size=(3, state[f"encoder.layer.0.{name}.weight"].shape[1]))
        scaled = x * factors[f"encoder.layer.0.{place}"]
        assert np.allclose(products(new, name, scaled), products(state, name, x), rtol=1e-3)
    x = rng.normal(size=(3, 4))
    value, out = "attention.self.value", "attention.output.dense"
    before = products(state, out, products(state, value, x))
    scaled = x * factors["encoder.layer.0.attention"]
    assert np.allclose(products(new, out, products(new, value, scaled)), before, rtol=1e-3)


def test_large_channels_become_smaller() -> None:
    state = layer(np.random.default_rng(3))
    same = {key: np.ones_like(value) for key, value in state.items()}
    _, factors = balanced(same, peaks_of(same, 3), 1)
    places = ("attention", "intermediate.dense", "output.dense")
    assert set(factors) == {f"encoder.layer.0.{place}" for place in places}
    assert {factor.argmin() for factor in factors.values()} == {3}


def test_only_what_splits_words_is_kept_of_a_tokenizer() -> None:
    made = {"model": {"é": 1}, "truncation": {"max_length": 9}, "padding": {}, "post_processor": {}}
    kept = json.loads(plain_tokenizer(json.dumps(made).encode()))
    assert kept == {
        "model": {"é": 1},
        "truncation": None,
        "padding": None,
        "post_processor": None,
    }


def test_another_kind_of_network_is_refused(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    config = transformers.BertConfig(
        vocab_size=9, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, hidden_act="relu"
    )
    with pytest.raises(InputError, match=r"expected a network of type .*found bert with relu"):
        export_encoder(transformers.BertModel(config), tmp_path, tokenizer=tmp_path / "t.json")
