"""Intervals and tests by drawing whole documents again, with replacement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from stancekit.evaluation.metrics import Measures
from stancekit.evaluation.outcome import FloatArray, Outcome

MIDDLE: Final = (0.025, 0.975)
MIN_DOCUMENTS: Final = 5
"""Fewer documents show too little variation for an interval."""

_CELLS_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True)
class Sampling:
    """Which samples to draw.

    Attributes
    ----------
    n_bootstrap
        How many; 0 for no intervals.
    seed
        The same seed draws the same documents.
    """

    n_bootstrap: int
    seed: int


def document_weights(n_documents: int, sampling: Sampling, at_once: int) -> Iterator[FloatArray]:
    """Draw samples of documents, as many documents as there are.

    Yields
    ------
    array, (up to `at_once` samples, documents)
        How often each sample has each document; the batches together are the same
        whatever their size.

    Examples
    --------
    >>> [batch.sum(axis=1).tolist() for batch in document_weights(5, Sampling(3, seed=0), 2)]
    [[5.0, 5.0], [5.0]]
    """
    rng = np.random.default_rng(sampling.seed)
    for start in range(0, sampling.n_bootstrap, at_once):
        size = min(at_once, sampling.n_bootstrap - start)
        drawn = rng.integers(n_documents, size=(size, n_documents))
        cells = drawn + n_documents * np.arange(size)[:, None]
        counts = np.bincount(cells.ravel(), minlength=size * n_documents)
        yield counts.reshape(size, n_documents).astype(float)


def resample(
    outcome: Outcome,
    measure: Callable[[Outcome, FloatArray], Measures],
    n_documents: int,
    sampling: Sampling,
) -> Measures:
    """Score samples of documents.

    Sentences of one article resemble each other, so documents are drawn, not rows. The
    same seed draws the same documents, which makes the samples of two models pairs.

    Parameters
    ----------
    outcome
        All rows, or those of a slice.
    measure
        Such as `stancekit.evaluation.metrics.label_measures`.
    n_documents
        Number of documents to draw from and to draw, also those that a slice leaves out.
    sampling
        How many samples, and which.

    Returns
    -------
    dict of (label, metric) to array, (samples,)
        Empty for fewer than `MIN_DOCUMENTS` documents.
    """
    if outcome.n_documents < MIN_DOCUMENTS or sampling.n_bootstrap == 0:
        return {}
    # Many rows are scored in few samples at a time, which bounds the memory.
    at_once = max(1, _CELLS_AT_ONCE // max(len(outcome.documents), n_documents))
    batches = [
        measure(outcome, weights) for weights in document_weights(n_documents, sampling, at_once)
    ]
    return {key: np.concatenate([batch[key] for batch in batches]) for key in batches[0]}


def interval(values: FloatArray) -> tuple[float, float]:
    """Take the middle 95 % of the samples that have a value.

    Returns
    -------
    low, high
        NaN where no sample has one.

    Examples
    --------
    >>> interval(np.arange(1001.0))
    (25.0, 975.0)
    >>> interval(np.array([np.nan]))
    (nan, nan)
    """
    defined = values[~np.isnan(values)]
    if not len(defined):
        return np.nan, np.nan
    low, high = np.quantile(defined, MIDDLE)
    return float(low), float(high)


def paired_p_value(differences: FloatArray) -> float:
    """Test whether paired samples lie on one side of zero.

    Parameters
    ----------
    differences
        One model's score less the other's, sample by sample.

    Returns
    -------
    float
        Two-sided, never below ``2 / (samples + 1)``; 1 for equal models, NaN for none.

    Examples
    --------
    >>> paired_p_value(np.full(999, 0.1))
    0.002
    >>> paired_p_value(np.zeros(999))
    1.0
    """
    defined = differences[~np.isnan(differences)]
    if not len(defined):
        return np.nan
    below, above = (defined <= 0).sum(), (defined >= 0).sum()
    return float(min(1.0, 2 * (1 + min(below, above)) / (len(defined) + 1)))
