from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from stancekit.evaluation.outcome import Outcome

LINES = (
    ("Peru will sign the accord in May.", "prediction"),
    ("The ministry of Peru said the accord was ready.", "official_statement"),
    ("Peru and Chile fought a war in 1879.", "background_fact"),
    ("Peru will not yield, the president said on Monday.", "prediction|official_statement"),
    ("Rain fell on the coast of Peru.", ""),
)
MENTIONS = (
    ("Peru won praise for its calm.", "supportive"),
    ("Peru drew blame for the delay.", "critical"),
    ("Peru sent two delegates.", "neutral"),
    ("Peru won praise and blame alike.", "neutral"),
)


class Rules:
    """Labels by words: a real, deterministic model, which may overlook short sentences."""

    claim_labels = ("prediction", "official_statement", "background_fact")
    stance_labels = ("supportive", "neutral", "critical")

    def __init__(self, name: str = "rules", *, blind_below: int = 0) -> None:
        self.name = name
        self.blind_below = blind_below
        self.seen: list[tuple[str, ...]] = []

    def label_claims(self, frame: pd.DataFrame) -> pd.DataFrame:
        self.seen.append(tuple(frame.columns))
        cues = zip(self.claim_labels, ("will", "said", "in 1"), strict=True)
        scores = {
            label: [self._probability(cue, text) for text in frame["text"]] for label, cue in cues
        }
        found = [
            "|".join(label for label in self.claim_labels if scores[label][row] > 0.5)
            for row in range(len(frame))
        ]
        return frame.assign(**scores, claim_types=found)

    def label_stances(self, frame: pd.DataFrame) -> pd.DataFrame:
        self.seen.append(tuple(frame.columns))
        praise = np.array([self._probability("praise", text) for text in frame["text"]])
        blame = np.array([self._probability("blame", text) for text in frame["text"]])
        weights = np.column_stack([praise, np.full(len(frame), 0.5), blame])
        shares = weights / weights.sum(axis=1, keepdims=True)
        found = np.array(self.stance_labels)[shares.argmax(axis=1)]
        columns = dict(zip(self.stance_labels, shares.T, strict=True))
        return frame.assign(**columns, stance=found)

    def _probability(self, cue: str, text: str) -> float:
        return 0.9 if cue in text and len(text) >= self.blind_below else 0.1


def claims_of(n_documents: int) -> pd.DataFrame:
    rows = [
        (f"d{document:02}", f"S{at}", text, types)
        for document in range(n_documents)
        for at, (text, types) in enumerate(LINES)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "claim_types"])


def stances_of(n_documents: int) -> pd.DataFrame:
    rows = [
        (f"d{document:02}", f"S{at}", text, 0, 4, "Peru", stance)
        for document in range(n_documents)
        for at, (text, stance) in enumerate(MENTIONS)
    ]
    columns = ["doc_id", "sentence_id", "text", "start", "end", "actor", "stance"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def rules() -> Callable[..., Rules]:
    return Rules


@pytest.fixture
def claims() -> pd.DataFrame:
    return claims_of(8)


@pytest.fixture
def stances() -> pd.DataFrame:
    return stances_of(8)


@pytest.fixture
def make_outcome() -> Callable[..., Outcome]:
    """Draw an outcome of any size."""

    def make(seed: int, *, exclusive: bool, n_rows: int = 60, n_documents: int = 7) -> Outcome:
        rng = np.random.default_rng(seed)
        labels = ("a", "b", "c")
        # Two decimals, so that scores tie.
        scores = rng.random((n_rows, 3)).round(2) + 0.01
        documents = np.concatenate(
            [np.arange(n_documents), rng.integers(n_documents, size=n_rows - n_documents)]
        )
        if exclusive:
            probabilities = scores / scores.sum(axis=1, keepdims=True)
            predicted = np.eye(3, dtype=bool)[probabilities.argmax(axis=1)]
            true = np.eye(3, dtype=bool)[rng.integers(3, size=n_rows)]
        else:
            probabilities = np.minimum(scores, 1.0)
            predicted, true = probabilities > 0.5, rng.random((n_rows, 3)) < 0.4
        return Outcome(labels, true, predicted, probabilities, documents, exclusive)

    return make
