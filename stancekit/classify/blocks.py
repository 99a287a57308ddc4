"""The blocks of features that the two classifiers read, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.pipeline import FeatureUnion

from stancekit.article import Explanation
from stancekit.features.context import Row
from stancekit.features.tokens import tokenize
from stancekit.features.vectorizer import PartVectorizer
from stancekit.features.vectors import ReadingVectors
from stancekit.features.wordvectors import MeanVectors, WordVectors

Floats: TypeAlias = npt.NDArray[np.float32]

CLAIM_WEIGHTS = {"words": 1.0, "speech": 0.5, "neighbours": 0.4, "sentence": 1.0, "modals": 1.0}
STANCE_WEIGHTS = {
    "words": 1.0,
    "mention": 0.3,
    **dict.fromkeys(("sentence", "left", "right", "near"), 0.7),
}
READ_CLAIM_WEIGHTS = {
    "read_sentence": 1.0,
    "read_before": 0.5,
    "read_after": 0.5,
    "speech": 1.0,
}
READ_STANCE_WEIGHTS = {
    "read_sentence": 1.0,
    "read_target": 1.0,
    "mention": 0.3,
}
"""Weights of the blocks of each head; a block that isn't named is left out."""


def claim_features(vectors: WordVectors | None = None, *, encoder: bool = False) -> FeatureUnion:
    """Make the features of claim types, unfitted.

    Parameters
    ----------
    vectors
        Word vectors; None leaves them out.
    encoder
        Whether rows have an encoder's readings, which take the place of most words.

    Returns
    -------
    FeatureUnion
        Reads the columns of `stancekit.features.frames.describe_sentences`.
    """
    blocks: dict[str, BaseEstimator] = {
        "words": PartVectorizer(analyzer="sentence"),
        "speech": PartVectorizer(analyzer="speech", min_df=3, idf=False),
        "neighbours": PartVectorizer(analyzer="neighbours", min_df=3),
        "sentence": MeanVectors(vectors),
        "modals": MeanVectors(vectors, window="after_modals"),
        "read_sentence": ReadingVectors(),
        "read_before": ReadingVectors(window="before"),
        "read_after": ReadingVectors(window="after"),
    }
    return union_of(blocks, READ_CLAIM_WEIGHTS if encoder else CLAIM_WEIGHTS)


def stance_features(vectors: WordVectors | None = None, *, encoder: bool = False) -> FeatureUnion:
    """Make the features of stances, unfitted.

    Parameters
    ----------
    vectors
        Word vectors; None leaves them out.
    encoder
        Whether rows have an encoder's readings, which take the place of most words.

    Returns
    -------
    FeatureUnion
        Reads the columns of `stancekit.features.frames.describe_targets`.
    """
    blocks: dict[str, BaseEstimator] = {
        "words": PartVectorizer(analyzer="target"),
        "mention": PartVectorizer(analyzer="mention", min_df=3, idf=False),
        "sentence": MeanVectors(vectors),
        "left": MeanVectors(vectors, window="left"),
        "right": MeanVectors(vectors, window="right"),
        "near": MeanVectors(vectors, window="near"),
        "read_sentence": ReadingVectors(),
        "read_target": ReadingVectors(window="target"),
        "read_near": ReadingVectors(window="near"),
    }
    return union_of(blocks, READ_STANCE_WEIGHTS if encoder else STANCE_WEIGHTS)


def union_of(blocks: Mapping[str, BaseEstimator], weights: Mapping[str, float]) -> FeatureUnion:
    """Join the blocks that have a weight, in the order of the weights."""
    chosen = [(name, blocks[name]) for name in weights]
    return FeatureUnion(chosen, transformer_weights=dict(weights))


def weighed(features: FeatureUnion, rows: Sequence[Row], weights: Floats) -> Floats:
    """Multiply the features of rows with weights, block by block.

    That spares joining the blocks: for the rows of one article, much of the time.

    Parameters
    ----------
    features
        Fitted.
    rows
        Described rows.
    weights
        Shape (n_features, n_labels).

    Returns
    -------
    array, shape (n_rows, n_labels)
    """
    if not all(isinstance(block, BaseEstimator) for _, block in features.transformer_list):
        return np.asarray(features.transform(rows) @ weights)
    factors = features.transformer_weights or {}
    total = np.zeros((len(rows), weights.shape[1]), dtype=np.float32)
    first = 0
    for name, block in features.transformer_list:
        # Sparse even where it is full: a product of full matrices rounds a row by its company.
        matrix = block.transform(rows)
        last = first + matrix.shape[1]
        total += np.float32(factors.get(name, 1.0)) * (matrix @ weights[first:last])
        first = last
    return total


def explain_row(
    features: FeatureUnion, weights: np.ndarray, bias: float, row: Row, label: str
) -> Explanation:
    """Share a linear head's logit out over the words of a row and its context.

    Parameters
    ----------
    features
        Fitted.
    weights
        The head's weights for the label, shape (n_features,).
    bias
        Its intercept.
    row
        One described row.
    label
        What is explained.
    """
    tokens = tokenize(row["text"])
    scores = np.zeros(len(tokens))
    context: dict[str, float] = {}
    for name, value, start, end in _attributions(features, weights, row):
        covered = [at for at, token in enumerate(tokens) if token.start < end and start < token.end]
        if covered:
            scores[covered] += value / len(covered)
        else:
            context[name] = context.get(name, 0.0) + value
    words = tuple(
        (row["text"][token.start : token.end], token.start, token.end, float(score))
        for token, score in zip(tokens, scores, strict=True)
    )
    return Explanation(
        label, bias + float(scores.sum() + sum(context.values())), bias, words, context
    )


def _attributions(
    features: FeatureUnion, weights: np.ndarray, row: Row
) -> Iterator[tuple[str, float, int, int]]:
    factors = features.transformer_weights or {}
    first = 0
    for name, block in features.transformer_list:
        last = first + len(block.get_feature_names_out())
        yield from block.attribute(row, weights[first:last] * factors.get(name, 1.0))
        first = last
