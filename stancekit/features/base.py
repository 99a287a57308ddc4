"""The scores of an earlier classifier, as features of a later one."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin

from stancekit.features.context import Row, Rows


class BaseScores(TransformerMixin, BaseEstimator):
    """Give a fitted classifier's scores, so that a new head starts from what it knows.

    Parameters
    ----------
    classifier
        Fitted; has ``decision_function``, ``classes_`` and ``explain``. It is not refitted.
    """

    def __init__(self, classifier: Any) -> None:
        self.classifier = classifier

    def __sklearn_clone__(self) -> Self:
        return type(self)(self.classifier)

    def fit(self, X: Rows, y: object = None) -> Self:  # noqa: ARG002
        """Learn nothing."""
        return self

    def transform(self, X: Rows) -> sparse.csr_matrix:
        """Score the rows, shape (n_rows, n_classes)."""
        return sparse.csr_matrix(self.classifier.decision_function(X).astype(np.float32))

    def attribute(
        self, row: Row, weights: npt.NDArray[np.float32]
    ) -> list[tuple[str, float, int, int]]:
        """Share a linear score out over the words that the classifier's scores come from."""
        found: list[tuple[str, float, int, int]] = []
        for label, weight in zip(self.classifier.classes_, weights.tolist(), strict=True):
            why = self.classifier.explain(row, label)
            found.extend((w, score * weight, start, end) for w, start, end, score in why.tokens)
            found.extend((name, score * weight, -1, -1) for name, score in why.context.items())
            found.append((f"base {label}", why.bias * weight, -1, -1))
        return found

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the columns, shape (n_classes,)."""
        return np.array([f"base {label}" for label in self.classifier.classes_], dtype=object)
