"""The blocks of features that the two classifiers read, side by side."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sklearn.pipeline import FeatureUnion

from stancekit.article import Explanation
from stancekit.features.context import Row
from stancekit.features.tokens import tokenize
from stancekit.features.vectorizer import PartVectorizer
from stancekit.features.wordvectors import MeanVectors, WordVectors

CLAIM_WEIGHTS = {"words": 1.0, "speech": 0.5, "neighbours": 0.4, "sentence": 1.0, "modals": 1.0}
STANCE_WEIGHTS = {
    "words": 1.0,
    "mention": 0.3,
    **dict.fromkeys(("sentence", "left", "right", "near"), 0.7),
}


def claim_features(vectors: WordVectors | None = None) -> FeatureUnion:
    """Make the features of claim types, unfitted.

    Parameters
    ----------
    vectors
        Word vectors; None leaves them out.

    Returns
    -------
    FeatureUnion
        Reads the columns of `stancekit.features.frames.describe_sentences`.
    """
    blocks = [
        ("words", PartVectorizer(analyzer="sentence")),
        ("speech", PartVectorizer(analyzer="speech", min_df=3, idf=False)),
        ("neighbours", PartVectorizer(analyzer="neighbours", min_df=3)),
        ("sentence", MeanVectors(vectors)),
        ("modals", MeanVectors(vectors, window="after_modals")),
    ]
    return FeatureUnion(blocks, transformer_weights=CLAIM_WEIGHTS)


def stance_features(vectors: WordVectors | None = None) -> FeatureUnion:
    """Make the features of stances, unfitted.

    Parameters
    ----------
    vectors
        Word vectors; None leaves them out.

    Returns
    -------
    FeatureUnion
        Reads the columns of `stancekit.features.frames.describe_targets`.
    """
    blocks = [
        ("words", PartVectorizer(analyzer="target")),
        ("mention", PartVectorizer(analyzer="mention", min_df=3, idf=False)),
        *((name, MeanVectors(vectors, window=name)) for name in list(STANCE_WEIGHTS)[2:]),
    ]
    return FeatureUnion(blocks, transformer_weights=STANCE_WEIGHTS)


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
