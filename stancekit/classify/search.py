"""Choosing a head's settings by cross-validation over documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.base import clone
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import GridSearchCV

from stancekit.classify.calibrate import document_folds
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.features.context import Rows

_N_FOLDS = 3
_MIN_DOCUMENTS = 9

Fold: TypeAlias = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
Score: TypeAlias = Callable[[Any, Any, Any], float]


def best_settings(
    estimator: Any,
    grid: Mapping[str, Sequence[Any]],
    rows: Rows,
    labels: Sequence[Any],
    groups: Sequence[str],
    *,
    score: Score,
    n_jobs: int | None = None,
) -> dict[str, Any]:
    """Find the settings of a head with the best score on documents held out.

    Parameters
    ----------
    estimator
        The head, unfitted.
    grid
        Settings to choose from, by name.
    rows, labels, groups
        Described rows, their labels and their documents.
    score
        `claim_score` or `stance_score`.
    n_jobs
        Processes.

    Returns
    -------
    dict
        By name; empty where there are too few documents, or labels, to tell.
    """
    folds = _folds(groups, labels)
    if not folds:
        return {}
    # The search compares scores alone; calibration needs folds of its own.
    uncalibrated = clone(estimator).set_params(n_folds=0, n_jobs=None)
    found = GridSearchCV(
        uncalibrated, dict(grid), scoring=score, cv=folds, n_jobs=n_jobs, refit=False
    )
    settings: dict[str, Any] = found.fit(rows, labels).best_params_
    return settings


def claim_score(estimator: ClaimClassifier, X: Rows, y: Sequence[Sequence[str]]) -> float:
    """Return the mean average precision of the claim types that some row has."""
    truth = np.array([[name in types for name in estimator.classes_] for types in y])
    present = truth.any(axis=0)
    scores = estimator.decision_function(X)[:, present]
    return float(average_precision_score(truth[:, present], scores, average="macro"))


def stance_score(estimator: StanceClassifier, X: Rows, y: Sequence[str]) -> float:
    """Return the macro-F1."""
    return float(f1_score(y, estimator.predict(X), average="macro", zero_division=0))


def _folds(groups: Sequence[str], labels: Sequence[Any]) -> list[Fold]:
    """Return folds by document, but for those that have nothing to learn or to score."""
    if len(set(groups)) < _MIN_DOCUMENTS:
        return []
    folds = document_folds(groups, len(labels), _N_FOLDS)
    return [
        (train, held_out)
        for train, held_out in folds
        if _tells([labels[row] for row in train], [labels[row] for row in held_out])
    ]


def _tells(train: Sequence[Any], held_out: Sequence[Any]) -> bool:
    """Whether there are two answers to learn and a label of theirs to find again."""
    return len(set(train)) > 1 and not _names(train).isdisjoint(_names(held_out))


def _names(labels: Sequence[str | Sequence[str]]) -> set[str]:
    return {name for label in labels for name in ((label,) if isinstance(label, str) else label)}
