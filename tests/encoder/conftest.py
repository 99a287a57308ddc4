from __future__ import annotations

from pathlib import Path

import pytest

from stancekit.encoder import Encoder

DATA = Path(__file__).parent / "data"

collect_ignore = ["make_data.py"]  # needs PyTorch


@pytest.fixture(scope="session")
def graph() -> bytes:
    return (DATA / "encoder.onnx").read_bytes()


@pytest.fixture(scope="session")
def words() -> bytes:
    return (DATA / "tokenizer.json").read_bytes()


@pytest.fixture(scope="session")
def encoder(graph: bytes, words: bytes) -> Encoder:
    """A tiny network of random weights, see ``make_data.py``."""
    return Encoder(graph, words)
