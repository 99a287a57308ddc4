"""From raw scores to probabilities that mean what they say, and thresholds for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax
from sklearn.model_selection import GroupKFold

from stancekit.errors import InputError

Floats: TypeAlias = npt.NDArray[np.float64]

_PRIORS_TOLERANCE = 1e-3


def document_folds(
    groups: Sequence[Any] | None, n_rows: int, n_folds: int
) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Split rows into folds that keep each document whole.

    Parameters
    ----------
    groups
        Document of each row; None takes every row as a document.
    n_rows
        Number of rows.
    n_folds
        Number of folds; fewer where there are fewer documents, none below two.

    Yields
    ------
    (train, held_out)
        Row positions.
    """
    ids = np.arange(n_rows) if groups is None else np.unique(list(groups), return_inverse=True)[1]
    n_documents = len(np.unique(ids))
    if min(n_folds, n_documents) >= 2:
        yield from GroupKFold(min(n_folds, n_documents)).split(ids, groups=ids)


def fit_sigmoid(
    scores: Floats, truth: npt.NDArray[np.bool_], weights: Floats
) -> tuple[float, float]:
    """Fit a slope and an offset that turn a score into a probability.

    Parameters
    ----------
    scores
        Held-out scores, shape (n_rows,).
    truth
        Whether each row has the label.
    weights
        Weight of each row.

    Returns
    -------
    slope, offset
        ``expit(slope * score + offset)`` is the probability. The slope is 0 where higher
        scores don't mean higher chances.

    References
    ----------
    Platt (1999), "Probabilistic outputs for support vector machines": targets are
    smoothed, so that few examples don't give certainty.
    """
    n_true, n_false = weights[truth].sum(), weights[~truth].sum()
    target = np.where(truth, (n_true + 1) / (n_true + 2), 1 / (n_false + 2))

    def loss(parameters: Floats) -> float:
        z = parameters[0] * scores + parameters[1]
        return float(weights @ (np.logaddexp(0, z) - target * z))

    prior = float(np.log((n_true + 1) / (n_false + 1)))
    slope, offset = minimize(loss, np.array([1.0, prior]), method="L-BFGS-B").x
    return (float(slope), float(offset)) if slope > 0 else (0.0, prior)


def fit_temperature(scores: Floats, truth: npt.NDArray[np.intp], weights: Floats) -> float:
    """Fit the temperature that makes a softmax say how sure it may be.

    Parameters
    ----------
    scores
        Held-out logits, shape (n_rows, n_classes).
    truth
        Column of each row's label.
    weights
        Weight of each row.

    Returns
    -------
    float
        ``softmax(scores / temperature)`` are the probabilities.

    References
    ----------
    Guo et al. (2017), "On calibration of modern neural networks", ICML.
    """
    rows = np.arange(len(truth))

    def loss(log_temperature: float) -> float:
        chosen = log_softmax(scores / np.exp(log_temperature), axis=1)[rows, truth]
        return -float(weights @ chosen)

    best = minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded")
    return float(np.exp(best.x))


def fit_offsets(
    scores: Floats, truth: npt.NDArray[np.intp], weights: Floats
) -> tuple[float, Floats]:
    """Fit a temperature and an offset per class to the rows that probabilities are meant for.

    Parameters
    ----------
    scores
        Held-out logits, shape (n_rows, n_classes).
    truth
        Column of each row's label.
    weights
        Weight of each row; only those above 0 count.

    Returns
    -------
    temperature, offsets
        ``softmax(scores / temperature + offsets)`` are the probabilities; the offsets, shape
        (n_classes,), add up to 0. A class that no row has is not ruled out: offsets pay a
        penalty of one row's weight.

    References
    ----------
    Guo et al. (2017), "On calibration of modern neural networks", ICML: bias-corrected
    temperature scaling, as Alexandari et al. (2020), ICML, call it.
    """
    used = weights > 0
    scores, truth, weights = scores[used], truth[used], weights[used] / weights[used].mean()
    here = np.eye(scores.shape[1])[truth]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        slope, offsets = np.exp(-parameters[0]), parameters[1:]
        logs = log_softmax(scores * slope + offsets, axis=1)
        error = weights[:, None] * (np.exp(logs) - here)
        total = -float(weights @ logs[here.astype(bool)]) + float(offsets @ offsets) / 2
        temperature = -slope * float((error * scores).sum())
        return total, np.concatenate([[temperature], error.sum(axis=0) + offsets])

    bounds = [(-3.0, 3.0), *[(None, None)] * scores.shape[1]]
    start = np.zeros(1 + scores.shape[1])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(np.exp(best[0])), best[1:] - best[1:].mean()


def class_shares(truth: npt.NDArray[np.intp], weights: Floats, n_classes: int) -> Floats:
    """Return each class's share of the weight, shape (n_classes,), none of them 0.

    Every class counts one row more than there are.

    Examples
    --------
    >>> class_shares(np.array([0, 0, 1]), np.ones(3), 3).round(3).tolist()
    [0.5, 0.333, 0.167]
    """
    used = weights > 0
    counts = np.bincount(truth[used], weights[used] / weights[used].mean(), n_classes) + 1
    return np.asarray(counts / counts.sum(), dtype=np.float64)


def checked_priors(priors: Mapping[str, float], labels: Sequence[str]) -> Floats:
    """Return the shares of the labels, in their order, shape (n_labels,), adding up to 1.

    Parameters
    ----------
    priors
        Label to share: how common it is in the texts to be labelled.
    labels
        Those that must be there.

    Raises
    ------
    InputError
        If a label is missing or unknown, a share is no number above 0, or they don't add up
        to 1.

    Examples
    --------
    >>> checked_priors({"anti": 0.3, "pro": 0.7}, ["pro", "anti"]).tolist()
    [0.7, 0.3]
    """
    if not isinstance(priors, Mapping) or set(priors) != set(labels):
        found = ", ".join(map(str, priors)) if isinstance(priors, Mapping) else repr(priors)
        raise InputError(
            f"priors: expected a share for each of {', '.join(labels)}; found {found or 'none'}"
        )
    for label, share in priors.items():
        if isinstance(share, bool) or not isinstance(share, Real) or not 0 < share < 1:
            raise InputError(f"priors: {label}: expected a share between 0 and 1; found {share!r}")
    total = sum(priors.values())
    if abs(total - 1) > _PRIORS_TOLERANCE:
        raise InputError(f"priors: expected shares that add up to 1; found {total:.6g}")
    return np.array([priors[label] for label in labels], dtype=np.float64) / total


def best_threshold(probabilities: Floats, truth: npt.NDArray[np.bool_], weights: Floats) -> float:
    """Find the threshold of the highest F1: half of that F1, if probabilities are calibrated.

    The threshold that happens to be best on the held-out rows themselves is far noisier than the
    F1 that it reaches.

    Parameters
    ----------
    probabilities
        Calibrated, shape (n_rows,).
    truth
        Whether each row has the label.
    weights
        Weight of each row.

    Returns
    -------
    float
        Never above 0.5, which it is where no row has the label.

    References
    ----------
    Z. Lipton, C. Elkan and B. Naryanaswamy (2014), "Optimal thresholding of classifiers to
    maximize F1 measure", ECML PKDD.
    """
    n_true = weights[truth].sum()
    if not n_true:
        return 0.5
    order = np.argsort(-probabilities, kind="stable")
    ranked = probabilities[order]
    hits, chosen = np.cumsum((weights * truth)[order]), np.cumsum(weights[order])
    f1 = 2 * hits / (chosen + n_true)
    f1[:-1][ranked[:-1] == ranked[1:]] = 0.0
    return float(f1.max() / 2)


def sigmoid(scores: Floats, slopes: Floats, offsets: Floats) -> Floats:
    """Turn scores, shape (n_rows, n_types), into probabilities."""
    return np.asarray(expit(scores * slopes + offsets), dtype=np.float64)
