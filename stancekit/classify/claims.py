"""Which claim types a sentence has: several, one or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from stancekit.classify.blocks import claim_features
from stancekit.classify.calibrate import best_threshold, fit_sigmoid, sigmoid
from stancekit.classify.linear import (
    FULL_TOLERANCE,
    Floats,
    Heads,
    LinearHead,
    calibration_weights,
    full_if_dense,
    one_thread,
    row_weights,
)
from stancekit.errors import InputError
from stancekit.features.context import Rows
from stancekit.features.wordvectors import WordVectors
from stancekit.labels import CLAIM_TYPES, in_order

_UNSEEN = -6.0


class ClaimClassifier(LinearHead):
    """One calibrated logistic regression per claim type.

    Parameters
    ----------
    vectors
        Word vectors learned from unlabelled text; None does without.
    features
        A transformer in place of `stancekit.classify.blocks.claim_features`.
    C
        Inverse strength of the penalty.
    n_folds
        Folds, by document, whose held-out scores calibrate the probabilities and choose
        the thresholds.
    n_jobs
        Processes for fitting.
    seed
        Of the solver.

    Attributes
    ----------
    classes_
        The claim types, shape (n_types,).
    coef_, intercept_
        Shapes (n_types, n_features) and (n_types,).
    slopes_, offsets_
        Turn scores into probabilities, shape (n_types,).
    thresholds_
        A sentence has the types whose probability is at least this, for the highest F1 on
        held-out documents. Shape (n_types,).

    Examples
    --------
    >>> import pandas as pd
    >>> X = pd.DataFrame({"text": ["Rates may rise.", "Rates rose."] * 20})
    >>> y = [("prediction",), ()] * 20
    >>> ClaimClassifier().fit(X, y).predict(X[:2]).tolist()
    [[1], [0]]
    """

    def __init__(
        self,
        vectors: WordVectors | None = None,
        *,
        features: FeatureUnion | None = None,
        C: float = 20.0,
        n_folds: int = 5,
        n_jobs: int | None = None,
        seed: int = 0,
    ) -> None:
        self.vectors = vectors
        self.features = features
        self.C = C
        self.n_folds = n_folds
        self.n_jobs = n_jobs
        self.seed = seed

    def fit(
        self,
        X: Rows,
        y: Sequence[Sequence[str]],
        groups: Sequence[Any] | None = None,
        sample_weight: Floats | None = None,
        calibration_weight: Floats | None = None,
    ) -> Self:
        """Fit, calibrate and choose thresholds.

        Parameters
        ----------
        X
            Described sentences, see `stancekit.features.frames.describe_sentences`: a frame
            or a list of dicts.
        y
            Claim types of each row.
        groups
            Document of each row.
        sample_weight
            Weight of each row.
        calibration_weight
            Weight of each row in calibration and the choice of thresholds alone: 0 for rows
            that an encoder has learned from, on which scores are too good. None takes
            `sample_weight`.
        """
        self.classes_ = np.array(types_to_learn(y))
        truth = np.array([[name in types for name in self.classes_] for types in y])
        weight = row_weights(sample_weight, len(truth))
        chosen = calibration_weights(calibration_weight, weight)
        features = self.features or claim_features(self.vectors)
        self._calibrate(self._fit_scores(X, truth, groups, weight, features), truth, chosen)
        return self

    def predict_proba(self, X: Rows) -> Floats:
        """Give each type's calibrated probability, shape (n_rows, n_types)."""
        return sigmoid(self.decision_function(X), self.slopes_, self.offsets_)

    def predict(self, X: Rows) -> npt.NDArray[np.int_]:
        """Say which types each row has, as 0 and 1, shape (n_rows, n_types)."""
        return (self.predict_proba(X) >= self.thresholds_).astype(int)

    def score(
        self, X: Rows, y: Sequence[Sequence[str]], sample_weight: Floats | None = None
    ) -> float:
        """Give the share of rows of which all types are right.

        Parameters
        ----------
        X, y, sample_weight
            As in `fit`.
        """
        found = map(self.types, self.predict_proba(X))
        right = [set(one) == set(types) for one, types in zip(found, y, strict=True)]
        return float(np.average(right, weights=sample_weight))

    def types(self, probabilities: Floats) -> tuple[str, ...]:
        """Name the types of one sentence, given its probabilities, shape (n_types,)."""
        return tuple(self.classes_[probabilities >= self.thresholds_].tolist())

    def _fit_rows(
        self, matrix: sparse.csr_matrix, truth: npt.NDArray[Any], weight: Floats
    ) -> Heads:
        coef = np.zeros((truth.shape[1], matrix.shape[1]), dtype=np.float32)
        intercept = np.zeros(truth.shape[1], dtype=np.float32)
        rows = full_if_dense(matrix)
        for at, has_type in enumerate(truth.T):
            if has_type.all() or not has_type.any():
                intercept[at] = -_UNSEEN if has_type.all() else _UNSEEN
                continue
            with one_thread():
                head = self._solver(rows).fit(rows, has_type, sample_weight=weight)
            coef[at], intercept[at] = head.coef_[0], head.intercept_[0]
        return coef, intercept

    def _solver(self, rows: sparse.csr_matrix | npt.NDArray[np.float32]) -> LogisticRegression:
        # On full matrices lbfgs is many times faster, on sparse ones liblinear.
        if isinstance(rows, np.ndarray):
            return LogisticRegression(C=self.C, tol=FULL_TOLERANCE, max_iter=1000)
        return LogisticRegression(C=self.C, solver="liblinear", random_state=self.seed)

    def _calibrate(
        self, scores: Floats | None, truth: npt.NDArray[np.bool_], weight: Floats
    ) -> None:
        n_types = truth.shape[1]
        self.slopes_, self.offsets_ = np.ones(n_types), np.zeros(n_types)
        self.thresholds_ = np.full(n_types, 0.5)
        if scores is None:
            return
        for at in range(n_types):
            slope, offset = fit_sigmoid(scores[:, at], truth[:, at], weight)
            self.slopes_[at], self.offsets_[at] = slope, offset
            probabilities = sigmoid(scores[:, at], np.array(slope), np.array(offset))
            if slope:
                self.thresholds_[at] = best_threshold(probabilities, truth[:, at], weight)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags


def types_to_learn(y: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Collect the claim types of rows, in column order.

    Raises
    ------
    InputError
        If no row has a type, or a row has a text in place of a sequence of types.
    """
    if any(isinstance(types, str) for types in y):
        raise InputError("expected a sequence of claim types for each row; found a text")
    found = in_order({name for types in y for name in types}, CLAIM_TYPES)
    if not found:
        raise InputError("expected rows with claim types to learn from; found none")
    return found
