"""How one actor of a sentence stands toward another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from sklearn.base import BaseEstimator
from sklearn.pipeline import FeatureUnion

from stancekit.classify.blocks import union_of
from stancekit.classify.linear import Floats
from stancekit.classify.stances import StanceClassifier
from stancekit.features.context import Rows
from stancekit.features.vectorizer import PartVectorizer
from stancekit.features.vectors import ReadingVectors
from stancekit.features.wordvectors import MeanVectors, WordVectors

LEXICAL_WEIGHTS = {
    "words": 1.0,
    "pair": 1.0,
    "roles": 0.3,
    **dict.fromkeys(("sentence", "left", "right", "near"), 0.7),
}
READ_WEIGHTS = {
    "roles": 0.3,
    **dict.fromkeys(("read_holder", "read_target", "read_sentence"), 1.0),
    **dict.fromkeys(("read_onward", "read_back"), 0.7),
}
"""Weights of the blocks without and with an encoder; one that isn't named is left out."""


def relation_features(vectors: WordVectors | None = None, *, encoder: bool = False) -> FeatureUnion:
    """Make the features of relations, unfitted.

    Parameters
    ----------
    vectors
        Word vectors; None leaves them out.
    encoder
        Whether rows have an encoder's readings, which take the place of most words.

    Returns
    -------
    FeatureUnion
        Reads the columns of `stancekit.features.frames.describe_pairs`.
    """
    blocks: dict[str, BaseEstimator] = {
        "words": PartVectorizer(analyzer="target", min_df=4),
        "pair": PartVectorizer(analyzer="pair", min_df=4),
        "roles": PartVectorizer(analyzer="roles", min_df=3, idf=False),
        **{name: MeanVectors(vectors, window=name) for name in ("sentence", "left", "right")},
        "near": MeanVectors(vectors, window="near"),
        **{f"read_{name}": ReadingVectors(window=name) for name in ("holder", "target")},
        **{f"read_{name}": ReadingVectors(window=name) for name in ("sentence", "onward", "back")},
    }
    return union_of(blocks, READ_WEIGHTS if encoder else LEXICAL_WEIGHTS)


class RelationClassifier(StanceClassifier):
    """A calibrated multinomial logistic regression over pairs of spans.

    Parameters
    ----------
    vectors
        Word vectors learned from unlabelled text; None does without.
    features
        A transformer in place of `relation_features`.
    C
        Inverse strength of the penalty.
    n_folds
        Folds, by document, whose held-out scores calibrate the probabilities.
    n_jobs
        Processes for fitting.

    Attributes
    ----------
    classes_
        The stances of holder toward target, shape (n_classes,).
    coef_, intercept_
        Shapes (n_classes, n_features) and (n_classes,).
    temperature_, offsets_, priors_
        As in `stancekit.classify.stances.StanceClassifier`.

    Examples
    --------
    >>> import pandas as pd
    >>> from stancekit.actors import ActorFinder
    >>> from stancekit.features.frames import describe_pairs
    >>> texts = ["Kenya praised Togo.", "Kenya condemned Togo."] * 20
    >>> frame = pd.DataFrame({"text": texts, "holder_start": 0, "holder_end": 5})
    >>> frame["target_start"] = [text.index("Togo") for text in texts]
    >>> X = describe_pairs(frame.assign(target_end=frame["target_start"] + 4), ActorFinder())
    >>> RelationClassifier().fit(X, ["supportive", "critical"] * 20).predict(X[:2]).tolist()
    ['supportive', 'critical']
    """

    def __init__(
        self,
        vectors: WordVectors | None = None,
        *,
        features: FeatureUnion | None = None,
        C: float = 10.0,
        n_folds: int = 4,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(vectors, features=features, C=C, n_folds=n_folds, n_jobs=n_jobs)

    def fit(
        self,
        X: Rows,
        y: Sequence[str],
        groups: Sequence[Any] | None = None,
        sample_weight: Floats | None = None,
        calibration_weight: Floats | None = None,
    ) -> Self:
        """Fit and calibrate.

        Parameters
        ----------
        X
            Described pairs, see `stancekit.features.frames.describe_pairs`: a frame or a
            list of dicts.
        y
            Stance of each row's holder toward its target.
        groups, sample_weight, calibration_weight
            As in `StanceClassifier.fit`.
        """
        return super().fit(X, y, groups, sample_weight, calibration_weight)

    def _blocks(self) -> FeatureUnion:
        return relation_features(self.vectors)
