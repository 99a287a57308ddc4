"""Figures of what was found against what is there, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from stancekit.evaluation.bootstrap import Sampling, document_weights, interval

Floats: TypeAlias = npt.NDArray[np.float64]
Measure: TypeAlias = Callable[[Floats], Floats]

_AT_ONCE: Final = 64


@dataclass(frozen=True)
class Score:
    """One figure with its interval.

    Attributes
    ----------
    name, metric
        What was scored, and how.
    value, low, high
        The figure, and the middle 95 % of its bootstrap samples of sentences or documents,
        all 0 to 1.
    n
        How many units there are, such as gold spans.
    precision, recall
        Of an F1; NaN for a share.
    """

    name: str
    metric: str
    value: float
    low: float
    high: float
    n: int
    precision: float = np.nan
    recall: float = np.nan


def f_score(name: str, metric: str, sums: Floats, sampling: Sampling) -> Score:
    """Score an F1 from the sums of each sentence or document.

    Parameters
    ----------
    name, metric, sampling
        As in `share`.
    sums
        Shape (n_documents, 4): hits and number of what was found, hits and number of what is
        there.

    Examples
    --------
    >>> score = f_score("names", "F1", np.array([[1.0, 2, 1, 1]]), Sampling(0, 0))
    >>> score.precision, score.recall, round(score.value, 3), score.n
    (0.5, 1.0, 0.667, 1)
    """
    precision, recall = (_ratio(sums.sum(axis=0)[part])[()] for part in (_FOUND, _THERE))
    found = _scored(name, metric, sums, _f1, sampling)
    return Score(*found, int(sums[:, -1].sum()), float(precision), float(recall))


def share(name: str, metric: str, counts: Sequence[tuple[int, int]], sampling: Sampling) -> Score:
    """Score a share from the hits and units of each document.

    Parameters
    ----------
    name, metric
        What was scored, and how.
    counts
        Hits and units.
    sampling
        Bootstrap samples of documents.

    Examples
    --------
    >>> share("speaker", "share of sentences", [(1, 2), (2, 2)], Sampling(0, 0)).value
    0.75
    """
    table = np.array(counts, dtype=float).reshape(-1, 2)
    return Score(*_scored(name, metric, table, _ratio, sampling), int(table[:, 1].sum()))


_FOUND, _THERE = slice(0, 2), slice(2, 4)


def _scored(
    name: str, metric: str, sums: Floats, measure: Measure, sampling: Sampling
) -> tuple[str, str, float, float, float]:
    drawn = document_weights(len(sums), sampling, _AT_ONCE)
    samples = [measure(weights @ sums) for weights in drawn]
    low, high = interval(np.concatenate(samples)) if samples else (np.nan, np.nan)
    return name, metric, float(measure(sums.sum(axis=0))), low, high


def _ratio(sums: Floats) -> Floats:
    """Divide hits by units, in the last axis; 0 where there are none."""
    return np.asarray(sums[..., 0] / np.maximum(sums[..., 1], 1), dtype=np.float64)


def _f1(sums: Floats) -> Floats:
    precision, recall = _ratio(sums[..., _FOUND]), _ratio(sums[..., _THERE])
    total = precision + recall
    return np.where(total > 0, 2 * precision * recall / np.where(total > 0, total, 1), 0.0)
