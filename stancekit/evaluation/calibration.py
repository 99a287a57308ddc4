"""How far probabilities are from observed frequencies, and how far chance alone takes them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.outcome import BoolArray, FloatArray, Outcome

N_BINS: Final = 10
_N_DRAWS: Final = 200


def calibration_measures(outcome: Outcome, *, seed: int) -> dict[tuple[str, str], float]:
    """Measure the calibration of an outcome.

    Parameters
    ----------
    outcome
        True and predicted labels with their probabilities.
    seed
        Of the draws for `ece_if_calibrated`.

    Returns
    -------
    dict of (label, metric) to float
        ``ece`` and ``ece_if_calibrated`` of every label against the rest; of the whole
        table (label ``""``) their mean over labels, or, where every row has one label,
        those of the predicted label's probability.
    """
    pairs = [*zip(outcome.labels, outcome.true.T, outcome.probabilities.T, strict=True)]
    measures: dict[tuple[str, str], float] = {}
    for label, true, probabilities in pairs:
        measures[label, "ece"] = expected_calibration_error(true, probabilities)
        measures[label, "ece_if_calibrated"] = ece_if_calibrated(probabilities, seed=seed)
    if outcome.exclusive:
        chosen = outcome.predicted.argmax(axis=1)[:, None]
        right = np.take_along_axis(outcome.true, chosen, axis=1)[:, 0]
        confidence = np.take_along_axis(outcome.probabilities, chosen, axis=1)[:, 0]
        measures["", "ece"] = expected_calibration_error(right, confidence)
        measures["", "ece_if_calibrated"] = ece_if_calibrated(confidence, seed=seed)
    else:
        for metric in ("ece", "ece_if_calibrated"):
            measures["", metric] = float(np.mean([measures[x, metric] for x in outcome.labels]))
    return measures


def expected_calibration_error(true: BoolArray, probabilities: FloatArray) -> float:
    """Average the gap between mean probability and frequency over ten bins of equal width.

    Parameters
    ----------
    true
        What happened, (rows,).
    probabilities
        What was said of it, 0 to 1, (rows,).

    Returns
    -------
    float
        0 for a perfect fit; weighted by the rows in each bin.

    Examples
    --------
    >>> true = np.array([True, True, False, False])
    >>> expected_calibration_error(true, np.array([0.95, 0.95, 0.45, 0.05])).__round__(3)
    0.15
    """
    return _mean_gap(true - probabilities, _bins(probabilities))


def ece_if_calibrated(probabilities: FloatArray, *, seed: int, n_draws: int = _N_DRAWS) -> float:
    """Expect a calibration error from chance alone.

    The error of a finite sample is above 0 even for perfect probabilities. Outcomes are
    drawn from the given probabilities themselves, row by row, as if rows were independent.

    Parameters
    ----------
    probabilities
        0 to 1, (rows,).
    seed, n_draws
        Of the simulation.

    Returns
    -------
    float
        The mean error over the draws.

    Examples
    --------
    >>> few, many = np.full(20, 0.5), np.full(2000, 0.5)
    >>> ece_if_calibrated(few, seed=0) > 5 * ece_if_calibrated(many, seed=0)
    True
    """
    rng = np.random.default_rng(seed)
    ordered = np.sort(probabilities)
    bins = _bins(ordered)
    draws = ((rng.random(len(ordered)) < ordered) - ordered for _ in range(n_draws))
    return float(np.mean([_mean_gap(draw, bins) for draw in draws]))


def _bins(probabilities: FloatArray) -> NDArray[np.intp]:
    return np.minimum((probabilities * N_BINS).astype(np.intp), N_BINS - 1)


def _mean_gap(gaps: FloatArray, bins: NDArray[np.intp]) -> float:
    return float(np.abs(np.bincount(bins, weights=gaps)).sum() / len(gaps))
