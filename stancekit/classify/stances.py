"""How a sentence stands toward a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from stancekit.classify.blocks import stance_features
from stancekit.classify.calibrate import (
    checked_priors,
    class_shares,
    fit_offsets,
    fit_temperature,
)
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
from stancekit.errors import InputError, ModelError
from stancekit.features.context import Rows
from stancekit.features.wordvectors import WordVectors
from stancekit.labels import STANCES, in_order

_UNSEEN = -12.0
_TOLERANCE = 1e-3


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
    temperature_, offsets_
        ``softmax(scores / temperature_ + offsets_)`` are the probabilities; offsets of shape
        (n_classes,).
    priors_
        How common each stance is where the probabilities are calibrated, shape (n_classes,).

    Examples
    --------
    >>> import pandas as pd
    >>> texts = ["Kenya praised Togo.", "Kenya condemned Togo."] * 20
    >>> X = pd.DataFrame({"text": texts, "start": [s.index("Togo") for s in texts]})
    >>> X["end"] = X["start"] + 4
    >>> StanceClassifier().fit(X, ["supportive", "critical"] * 20).predict(X[:2]).tolist()
    ['supportive', 'critical']
    """

    offsets_: npt.NDArray[np.float64]

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
        calibration_weight: Floats | None = None,
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
        calibration_weight
            Weight of each row in calibration alone: 0 for rows that teach, but that are
            unlike the texts to be labelled, such as a corpus with as many of each stance.
            None takes `sample_weight`.
        """
        self.classes_ = np.array(stances_to_learn(y))
        column = {name: at for at, name in enumerate(self.classes_)}
        truth = np.array([column[name] for name in y])
        weight = row_weights(sample_weight, len(truth))
        chosen = calibration_weights(calibration_weight, weight)
        features = self.features or self._blocks()
        scores = self._fit_scores(X, truth, groups, weight, features)
        self._calibrate(scores, truth, chosen, is_shifted=calibration_weight is not None)
        return self

    def predict_proba(self, X: Rows, priors: Mapping[str, float] | None = None) -> Floats:
        """Give calibrated probabilities, shape (n_rows, n_classes); each row adds up to 1.

        Parameters
        ----------
        X
            Described targets.
        priors
            How common each stance is in the texts that these come from, adding up to 1; None
            takes `priors_`.

        Raises
        ------
        InputError
            If `priors` isn't a share for each stance.
        ModelError
            If the classifier was saved before it kept `priors_`.

        References
        ----------
        Saerens, Latinne and Decaestecker (2002), "Adjusting the outputs of a classifier to
        new a priori probabilities", Neural Computation 14.
        """
        logits = self.decision_function(X) / self.temperature_ + getattr(self, "offsets_", 0.0)
        if priors is not None:
            logits = logits + self._shift(priors)
        return np.asarray(softmax(logits, axis=1))

    def predict(self, X: Rows, priors: Mapping[str, float] | None = None) -> npt.NDArray[np.str_]:
        """Give the most probable stance of each row, shape (n_rows,); see `predict_proba`."""
        return np.asarray(self.classes_[self.predict_proba(X, priors).argmax(axis=1)])

    def reckon_with(self, priors: Mapping[str, float]) -> Self:
        """Take other shares of the stances for the usual ones from now on.

        Parameters
        ----------
        priors
            As in `predict_proba`, which then gives without priors what it gave with these.

        Raises
        ------
        InputError, ModelError
            As `predict_proba`.
        """
        shift = self._shift(priors)
        self.offsets_ = self.offsets_ + shift - shift.mean()
        self.priors_ = checked_priors(priors, self.classes_.tolist())
        return self

    def _blocks(self) -> FeatureUnion:
        return stance_features(self.vectors)

    def _calibrate(
        self,
        scores: Floats | None,
        truth: npt.NDArray[np.intp],
        weight: Floats,
        *,
        is_shifted: bool,
    ) -> None:
        n_classes = len(self.classes_)
        self.temperature_, self.offsets_ = 1.0, np.zeros(n_classes)
        self.priors_ = class_shares(truth, weight, n_classes)
        if scores is not None and is_shifted:
            self.temperature_, self.offsets_ = fit_offsets(scores, truth, weight)
        elif scores is not None:
            self.temperature_ = fit_temperature(scores, truth, weight)

    def _shift(self, priors: Mapping[str, float]) -> Floats:
        """Return what other shares of the stances add to the logits, shape (n_classes,)."""
        asked = checked_priors(priors, self.classes_.tolist())
        if not hasattr(self, "priors_"):
            raise ModelError(
                "priors: expected a model that keeps the shares it was calibrated for; found an "
                "older one. Train it again."
            )
        return np.asarray(np.log(asked / self.priors_), dtype=np.float64)

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
        rows = full_if_dense(matrix)
        tolerance = FULL_TOLERANCE if isinstance(rows, np.ndarray) else _TOLERANCE
        head = LogisticRegression(C=self.C, tol=tolerance, max_iter=1000)
        with one_thread():
            head.fit(rows, truth, sample_weight=weight)
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
