"""A tiny encoder and a model on top of it, that several test modules share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from models import claims_of, stances_of

from stancekit.encoder import Encoder, Tokens
from stancekit.encoder.reading import SentenceReading
from stancekit.fit import fit_model
from stancekit.model import Model

DATA = Path(__file__).parent / "encoder" / "data"

CLAIMS = claims_of(
    *[
        (f"d{document}", text, types)
        for document in range(8)
        for text, types in (
            (f"The levy will rise by {document} percent.", "prediction"),
            ("“It may rise,” the minister said.", "prediction|official_statement"),
            (f"The harbour was built in 190{document}.", "background_fact"),
            ("Talks went on in the town.", ""),
        )
    ]
)
TARGETS = stances_of(
    *[
        (f"d{document}", f"{holder} {verb} Togo.", "Togo", stance)
        for document, holder in enumerate(("Kenya", "Peru", "Chile", "Nepal", "Egypt", "Ghana"))
        for verb, stance in (
            ("praised", "supportive"),
            ("met", "neutral"),
            ("called on", "neutral"),
            ("condemned", "critical"),
        )
    ]
)


@cache
def tiny_encoder() -> Encoder:
    """Load the network with random weights of ``tests/encoder``, width 32."""
    graph, words = (DATA / name for name in ("encoder.onnx", "tokenizer.json"))
    return Encoder(graph.read_bytes(), words.read_bytes())


@cache
def encoder_model() -> Model:
    """Fit both heads on the tiny encoder's vectors."""
    return fit_model(claims=CLAIMS, stances=TARGETS, encoder=tiny_encoder(), name="tiny")


class CountingEncoder(Encoder):
    """The tiny encoder, which keeps what it was asked to read."""

    def __init__(self) -> None:
        super().__init__(*tiny_encoder().files.values())
        self.asked: list[list[str]] = []

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        self.asked.append(list(texts))
        return super().tokenize(texts)


def reading_of(text: str, *, width: int = 3, seed: int = 0) -> SentenceReading:
    """Read a text one token per letter that is no space, with random vectors."""
    offsets = [(at, at + 1) for at, letter in enumerate(text) if not letter.isspace()]
    vectors = np.random.default_rng(seed).normal(size=(len(offsets), width))
    return SentenceReading(
        np.array(offsets, dtype=np.int32).reshape(-1, 2), vectors.astype(np.float32)
    )


def targets_of(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """Build a table of targets from (text, start, end)."""
    return pd.DataFrame(rows, columns=["text", "start", "end"])
