"""What the two classifiers share: features, folds by document, scores, explanations."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_consistent_length, check_is_fitted
from threadpoolctl import threadpool_limits

from stancekit.article import Explanation
from stancekit.classify.blocks import explain_row, weighed
from stancekit.classify.calibrate import document_folds
from stancekit.errors import InputError
from stancekit.features.context import Row, Rows, as_rows

Floats: TypeAlias = npt.NDArray[np.float64]
FULL_TOLERANCE = 1e-4
"""Where the solver stops on a full matrix: at ten times as much it has hardly begun."""

_CELLS_PER_VALUE = 2

Heads: TypeAlias = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


class LinearHead(ClassifierMixin, BaseEstimator):
    """Linear scores over a union of features."""

    classes_: npt.NDArray[np.str_]
    features_: FeatureUnion
    coef_: npt.NDArray[np.float32]
    intercept_: npt.NDArray[np.float32]
    n_folds: int
    n_jobs: int | None

    def decision_function(self, X: Rows) -> Floats:
        """Score each label, before calibration, shape (n_rows, n_labels)."""
        check_is_fitted(self, "coef_")
        scores = weighed(self.features_, as_rows(X), self.coef_.T) + self.intercept_
        return np.asarray(scores, dtype=np.float64)

    def explain(self, row: Row, label: str) -> Explanation:
        """Explain the score of one label for one described row.

        Raises
        ------
        InputError
            If the classifier doesn't know the label.
        """
        if label not in self.classes_:
            raise InputError(f"expected one of {', '.join(self.classes_)}; found {label!r}")
        at = list(self.classes_).index(label)
        return explain_row(self.features_, self.coef_[at], float(self.intercept_[at]), row, label)

    def _fit_scores(
        self,
        X: Rows,
        truth: npt.NDArray[Any],
        groups: Sequence[Any] | None,
        weight: Floats,
        features: FeatureUnion,
    ) -> Floats | None:
        """Fit on all rows; return the scores of held-out rows, None without folds."""
        rows = as_rows(X)
        check_consistent_length(rows, truth, weight, groups)
        self.features_ = clone(features).fit(rows)
        matrix = self.features_.transform(rows)
        folds = list(document_folds(groups, len(truth), self.n_folds))
        parts = [*(train for train, _ in folds), np.arange(len(truth))]
        # Read-only memory maps, joblib's way with large arrays, can't be sorted in place.
        *held_out, (self.coef_, self.intercept_) = Parallel(self.n_jobs, max_nbytes=None)(
            delayed(self._fit_rows)(matrix[part], truth[part], weight[part]) for part in parts
        )
        if not folds:
            return None
        scores = np.zeros((len(truth), len(self.classes_)))
        for (_, rest), (coef, intercept) in zip(folds, held_out, strict=True):
            scores[rest] = matrix[rest] @ coef.T + intercept
        return scores

    @abstractmethod
    def _fit_rows(
        self, matrix: sparse.csr_matrix, truth: npt.NDArray[Any], weight: Floats
    ) -> Heads:
        """Fit weights, shape (n_labels, n_features), and intercepts, shape (n_labels,)."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


def one_thread() -> threadpool_limits:
    """Keep a solver to one thread: its many small steps spend more on passing work around."""
    return threadpool_limits(1, user_api="blas")


def full_if_dense(matrix: sparse.csr_matrix) -> sparse.csr_matrix | npt.NDArray[np.float32]:
    """Write a matrix out in full where that takes no more memory than a sparse one."""
    n_cells = matrix.shape[0] * matrix.shape[1]
    return matrix.toarray() if matrix.nnz * _CELLS_PER_VALUE >= n_cells else matrix


def row_weights(sample_weight: Floats | None, n_rows: int) -> Floats:
    """Return the weights given, or 1 for every row."""
    return np.ones(n_rows) if sample_weight is None else np.asarray(sample_weight, dtype=float)


def calibration_weights(calibration_weight: Floats | None, weight: Floats) -> Floats:
    """Return the weights that calibration goes by: those given, or the rows' own.

    Raises
    ------
    InputError
        If none is above 0.
    """
    if calibration_weight is None:
        return weight
    if not np.any(np.asarray(calibration_weight) > 0):
        raise InputError("calibration_weight: expected rows to calibrate on; found none")
    return row_weights(calibration_weight, len(weight))
