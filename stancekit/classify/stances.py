"""How a sentence stands toward a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from stancekit.classify.blocks import stance_features
from stancekit.classify.calibrate import fit_temperature
from stancekit.classify.linear import Floats, Heads, LinearHead, row_weights
from stancekit.errors import InputError
from stancekit.features.context import Rows
from stancekit.features.wordvectors import WordVectors
from stancekit.labels import STANCES, in_order

_UNSEEN = -12.0


class StanceClassifier(LinearHead):
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
        sample_weight: Floats | None = None,
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
        self.classes_ = np.array(stances_to_learn(y))
        column = {name: at for at, name in enumerate(self.classes_)}
        truth = np.array([column[name] for name in y])
        weight = row_weights(sample_weight, len(truth))
        features = self.features or stance_features(self.vectors)
        scores = self._fit_scores(X, truth, groups, weight, features)
        self.temperature_ = 1.0 if scores is None else fit_temperature(scores, truth, weight)
        return self

    def predict_proba(self, X: Rows) -> Floats:
        """Give calibrated probabilities, shape (n_rows, n_classes); each row adds up to 1."""
        return np.asarray(softmax(self.decision_function(X) / self.temperature_, axis=1))

    def predict(self, X: Rows) -> npt.NDArray[np.str_]:
        """Give the most probable stance of each row, shape (n_rows,)."""
        return np.asarray(self.classes_[self.decision_function(X).argmax(axis=1)])

    def _fit_rows(
        self, matrix: sparse.csr_matrix, truth: npt.NDArray[Any], weight: Floats
    ) -> Heads:
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


def stances_to_learn(y: Sequence[str]) -> tuple[str, ...]:
    """Collect the stances of rows, in column order.

    Raises
    ------
    InputError
        If there are fewer than two.
    """
    found = in_order(y, STANCES)
    if len(found) < 2:
        seen = ", ".join(found) or "none"
        raise InputError(f"expected at least two stances to tell apart; found {seen}")
    return found
