"""Which claim types a sentence has: several, one or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_is_fitted

from stancekit.article import Explanation
from stancekit.classify.blocks import claim_features, explain_row
from stancekit.classify.calibrate import best_threshold, document_folds, fit_sigmoid, sigmoid
from stancekit.errors import InputError
from stancekit.features.context import Row, Rows, as_rows
from stancekit.features.wordvectors import WordVectors
from stancekit.labels import CLAIM_TYPES, in_order

_UNSEEN = -6.0
_MAX_THRESHOLD = 0.95


class ClaimClassifier(ClassifierMixin, BaseEstimator):
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
        A sentence has the types whose probability is at least this: the highest F1 on
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
        sample_weight: npt.NDArray[np.float64] | None = None,
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
        """
        self.classes_ = np.array(in_order({name for types in y for name in types}, CLAIM_TYPES))
        if not len(self.classes_):
            raise InputError("expected rows with claim types to learn from; found none")
        truth = np.array([[name in types for name in self.classes_] for types in y])
        rows = as_rows(X)
        self.features_ = clone(self.features or claim_features(self.vectors)).fit(rows)
        matrix = self.features_.transform(rows)
        weight = np.ones(len(truth)) if sample_weight is None else sample_weight
        folds = list(document_folds(groups, len(truth), self.n_folds))
        everything = np.arange(len(truth))
        *held_out, (self.coef_, self.intercept_) = Parallel(self.n_jobs, max_nbytes=None)(
            delayed(self._fit_rows)(matrix[part], truth[part], weight[part])
            for part in (*(train for train, _ in folds), everything)
        )
        scores = np.full(truth.shape, np.nan)
        for (_, held), (coef, intercept) in zip(folds, held_out, strict=True):
            scores[held] = matrix[held] @ coef.T + intercept
        self._calibrate(scores, truth)
        return self

    def decision_function(self, X: Rows) -> npt.NDArray[np.float64]:
        """Score each type, before calibration, shape (n_rows, n_types)."""
        check_is_fitted(self, "coef_")
        return np.asarray(
            self.features_.transform(as_rows(X)) @ self.coef_.T + self.intercept_, dtype=float
        )

    def predict_proba(self, X: Rows) -> npt.NDArray[np.float64]:
        """Give each type's calibrated probability, shape (n_rows, n_types)."""
        return sigmoid(self.decision_function(X), self.slopes_, self.offsets_)

    def predict(self, X: Rows) -> npt.NDArray[np.int_]:
        """Say which types each row has, as 0 and 1, shape (n_rows, n_types)."""
        return (self.predict_proba(X) >= self.thresholds_).astype(int)

    def types(self, probabilities: npt.NDArray[np.float64]) -> tuple[str, ...]:
        """Name the types of one sentence, given its probabilities, shape (n_types,)."""
        return tuple(self.classes_[probabilities >= self.thresholds_].tolist())

    def explain(self, row: Row, label: str) -> Explanation:
        """Explain the score of one type for one described row.

        Raises
        ------
        InputError
            If the classifier doesn't know the type.
        """
        if label not in self.classes_:
            raise InputError(f"expected one of {', '.join(self.classes_)}; found {label!r}")
        at = list(self.classes_).index(label)
        return explain_row(self.features_, self.coef_[at], float(self.intercept_[at]), row, label)

    def _fit_rows(
        self,
        matrix: sparse.csr_matrix,
        truth: npt.NDArray[np.bool_],
        weight: npt.NDArray[np.float64],
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        coef = np.zeros((truth.shape[1], matrix.shape[1]), dtype=np.float32)
        intercept = np.zeros(truth.shape[1], dtype=np.float32)
        for at, has_type in enumerate(truth.T):
            if has_type.all() or not has_type.any():
                intercept[at] = -_UNSEEN if has_type.all() else _UNSEEN
                continue
            head = LogisticRegression(C=self.C, solver="liblinear", random_state=self.seed)
            head.fit(matrix, has_type, sample_weight=weight)
            coef[at], intercept[at] = head.coef_[0], head.intercept_[0]
        return coef, intercept

    def _calibrate(self, scores: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_]) -> None:
        n_types = truth.shape[1]
        self.slopes_, self.offsets_ = np.ones(n_types), np.zeros(n_types)
        self.thresholds_ = np.full(n_types, 0.5)
        if np.isnan(scores).any():
            return
        for at in range(n_types):
            slope, offset = fit_sigmoid(scores[:, at], truth[:, at])
            self.slopes_[at], self.offsets_[at] = slope, offset
            probabilities = sigmoid(scores[:, at], np.array(slope), np.array(offset))
            chosen = best_threshold(probabilities, truth[:, at])
            self.thresholds_[at] = min(chosen, _MAX_THRESHOLD)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_label = True
        return tags
