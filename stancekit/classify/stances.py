"""How a sentence stands toward a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy import sparse
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.utils.validation import check_is_fitted

from stancekit.article import Explanation
from stancekit.classify.blocks import explain_row, stance_features
from stancekit.classify.calibrate import document_folds, fit_temperature
from stancekit.errors import InputError
from stancekit.features.context import Row, Rows, as_rows
from stancekit.features.wordvectors import WordVectors
from stancekit.labels import STANCES, in_order

_UNSEEN = -12.0


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """A calibrated multinomial logistic regression.

    Parameters
    ----------
    vectors
        Word vectors learned from unlabelled text; None does without.
    features
        A transformer in place of `stancekit.classify.blocks.stance_features`.
    C
        Inverse strength of the penalty.
    n_folds
        Folds, by document, whose held-out scores fit the temperature.
    n_jobs
        Processes for fitting.

    Attributes
    ----------
    classes_
        The stances, shape (n_classes,).
    coef_, intercept_
        Shapes (n_classes, n_features) and (n_classes,).
    temperature_
        Scores are divided by it before the softmax.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = ["Kenya praised Togo.", "Kenya condemned Togo."] * 20
    >>> X = pd.DataFrame({"text": texts, "start": [s.index("Togo") for s in texts]})
    >>> X["end"] = X["start"] + 4
    >>> StanceClassifier().fit(X, ["supportive", "critical"] * 20).predict(X[:2]).tolist()
    ['supportive', 'critical']
    """

    def __init__(
        self,
        vectors: WordVectors | None = None,
        *,
        features: FeatureUnion | None = None,
        C: float = 2.0,
        n_folds: int = 4,
        n_jobs: int | None = None,
    ) -> None:
        self.vectors = vectors
        self.features = features
        self.C = C
        self.n_folds = n_folds
        self.n_jobs = n_jobs

    def fit(
        self,
        X: Rows,
        y: Sequence[str],
        groups: Sequence[Any] | None = None,
        sample_weight: npt.NDArray[np.float64] | None = None,
    ) -> Self:
        """Fit and calibrate.

        Parameters
        ----------
        X
            Described targets, see `stancekit.features.frames.describe_targets`: a frame or a
            list of dicts.
        y
            Stance of each row.
        groups
            Document of each row.
        sample_weight
            Weight of each row.
        """
        self.classes_ = np.array(in_order(set(y), STANCES))
        if len(self.classes_) < 2:
            raise InputError(f"expected at least two stances to tell apart; found {set(y)}")
        column = {name: at for at, name in enumerate(self.classes_)}
        truth = np.array([column[name] for name in y])
        rows = as_rows(X)
        self.features_ = clone(self.features or stance_features(self.vectors)).fit(rows)
        matrix = self.features_.transform(rows)
        weight = np.ones(len(truth)) if sample_weight is None else sample_weight
        folds = list(document_folds(groups, len(truth), self.n_folds))
        everything = np.arange(len(truth))
        *held_out, (self.coef_, self.intercept_) = Parallel(self.n_jobs, max_nbytes=None)(
            delayed(self._fit_rows)(matrix[part], truth[part], weight[part])
            for part in (*(train for train, _ in folds), everything)
        )
        scores = np.zeros((len(truth), len(self.classes_)))
        for (_, held), (coef, intercept) in zip(folds, held_out, strict=True):
            scores[held] = matrix[held] @ coef.T + intercept
        self.temperature_ = fit_temperature(scores, truth, weight) if folds else 1.0
        return self

    def decision_function(self, X: Rows) -> npt.NDArray[np.float64]:
        """Score each stance, before calibration, shape (n_rows, n_classes)."""
        check_is_fitted(self, "coef_")
        return np.asarray(
            self.features_.transform(as_rows(X)) @ self.coef_.T + self.intercept_, dtype=float
        )

    def predict_proba(self, X: Rows) -> npt.NDArray[np.float64]:
        """Give calibrated probabilities, shape (n_rows, n_classes); each row adds up to 1."""
        return np.asarray(softmax(self.decision_function(X) / self.temperature_, axis=1))

    def predict(self, X: Rows) -> npt.NDArray[np.str_]:
        """Give the most probable stance of each row, shape (n_rows,)."""
        return np.asarray(self.classes_[self.decision_function(X).argmax(axis=1)])

    def explain(self, row: Row, label: str) -> Explanation:
        """Explain the score of one stance for one described row.

        Raises
        ------
        InputError
            If the classifier doesn't know the stance.
        """
        if label not in self.classes_:
            raise InputError(f"expected one of {', '.join(self.classes_)}; found {label!r}")
        at = list(self.classes_).index(label)
        return explain_row(self.features_, self.coef_[at], float(self.intercept_[at]), row, label)

    def _fit_rows(
        self,
        matrix: sparse.csr_matrix,
        truth: npt.NDArray[np.intp],
        weight: npt.NDArray[np.float64],
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        n_classes = len(self.classes_)
        coef = np.zeros((n_classes, matrix.shape[1]), dtype=np.float32)
        intercept = np.full(n_classes, _UNSEEN, dtype=np.float32)
        seen = np.unique(truth)
        if len(seen) == 1:
            intercept[seen] = 0.0
            return coef, intercept
        head = LogisticRegression(C=self.C, tol=1e-3, max_iter=1000)
        head.fit(matrix, truth, sample_weight=weight)
        if len(seen) == 2:
            coef[seen] = np.vstack([-head.coef_, head.coef_]) / 2
            intercept[seen] = np.concatenate([-head.intercept_, head.intercept_]) / 2
        else:
            coef[seen], intercept[seen] = head.coef_, head.intercept_
        return coef, intercept

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
