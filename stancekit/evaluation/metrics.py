"""Scores of an outcome under weighted documents.

One weighting is one row of ``weights``, (weightings, documents): all ones give the plain
score, and how often each document was drawn gives the score of a bootstrap sample. Every
score is an array of shape (weightings,).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.outcome import BoolArray, FloatArray, Outcome

Measures: TypeAlias = dict[tuple[str, str], FloatArray]
"""(label, metric) to its values; the label is ``""`` for a score of the whole table."""

COUNTED: Final = ("precision", "recall", "f1")


def label_measures(outcome: Outcome, weights: FloatArray) -> Measures:
    """Score the predicted labels.

    Parameters
    ----------
    outcome
        True and predicted labels.
    weights
        (weightings, documents).

    Returns
    -------
    dict of (label, metric) to array
        ``precision``, ``recall`` and ``f1`` of every label and of ``"none"``; of the whole
        table their ``macro_`` mean over the labels that occur and their ``micro_`` form
        over all labels, both without ``"none"``, and ``accuracy``: the share of rows with
        exactly the right labels.
    """
    true, predicted = outcome.scored_true, outcome.scored_predicted
    counts = [
        _totals(cells, outcome.documents, weights) for cells in (true & predicted, predicted, true)
    ]
    n_labels = len(outcome.labels)
    micro = precision_recall_f1(*(count[:, :n_labels].sum(axis=1) for count in counts))
    measures: Measures = {}
    for metric, scores, pooled in zip(COUNTED, precision_recall_f1(*counts), micro, strict=True):
        measures |= _by_label(outcome.scored_labels, metric, scores)
        measures["", f"macro_{metric}"] = mean_of_defined(scores[:, :n_labels])
        measures["", f"micro_{metric}"] = pooled
    right = (true == predicted).all(axis=1)
    measures["", "accuracy"] = _weighted_mean(right[:, None], outcome.documents, weights)[:, 0]
    return measures


def probability_measures(outcome: Outcome, weights: FloatArray) -> Measures:
    """Score the probabilities.

    Parameters
    ----------
    outcome
        True labels and probabilities.
    weights
        (weightings, documents).

    Returns
    -------
    dict of (label, metric) to array
        ``average_precision`` and ``brier`` (mean squared error, 0 to 1) of every label; of
        the whole table ``macro_average_precision`` over the labels that occur, and
        ``brier``: the mean over labels, or, where every row has one label, their sum (0 to
        2), as is usual for several classes.
    """
    precision = np.column_stack(
        [
            average_precision(outcome.true[:, at], scores, outcome.documents, weights)
            for at, scores in enumerate(outcome.probabilities.T)
        ]
    )
    errors = (outcome.probabilities - outcome.true) ** 2
    brier = _weighted_mean(errors, outcome.documents, weights)
    return {
        **_by_label(outcome.labels, "average_precision", precision),
        **_by_label(outcome.labels, "brier", brier),
        ("", "macro_average_precision"): mean_of_defined(precision),
        ("", "brier"): brier.sum(axis=1) if outcome.exclusive else brier.mean(axis=1),
    }


def precision_recall_f1(
    hits: FloatArray, predicted: FloatArray, true: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Score counts.

    Parameters
    ----------
    hits, predicted, true
        How many rows have the label rightly predicted, predicted, and in truth; any shape.

    Returns
    -------
    precision, recall, f1
        NaN where no row has the label; a label that is never predicted has precision 0.

    Examples
    --------
    >>> scores = precision_recall_f1(np.array([3.0, 0.0]), np.array([4.0, 1.0]), np.array([6.0, 0]))
    >>> [score.round(2).tolist() for score in scores]
    [[0.75, nan], [0.5, nan], [0.6, nan]]
    """
    precision = np.where(true > 0, ratio(hits, predicted, empty=0.0), np.nan)
    f1 = np.where(true > 0, ratio(2 * hits, predicted + true), np.nan)
    return precision, ratio(hits, true), f1


def average_precision(
    true: BoolArray, scores: FloatArray, documents: NDArray[np.intp], weights: FloatArray
) -> FloatArray:
    """Average the precision at every threshold by the recall it gains.

    Parameters
    ----------
    true
        Whether each row has the label, (rows,).
    scores
        Higher means more likely, (rows,); tied rows stand or fall together.
    documents
        Number of each row's document, (rows,).
    weights
        (weightings, documents).

    Returns
    -------
    array, (weightings,)
        NaN where no row has the label.

    Examples
    --------
    >>> true, scores = np.array([True, False, True]), np.array([0.9, 0.8, 0.7])
    >>> average_precision(true, scores, np.arange(3), np.ones((1, 3))).round(3).tolist()
    [0.833]
    """
    from scipy.sparse import csr_array

    # Only thresholds that gain recall count; rows between two of them join the next.
    tier = np.unique(-scores, return_inverse=True)[1]
    gaining = np.unique(tier[true])
    step = np.searchsorted(gaining, tier)
    used = step < len(gaining)
    shape = (len(gaining), weights.shape[1])
    cells = (step[used], documents[used])
    hits = csr_array((true[used].astype(float), cells), shape=shape) @ weights.T
    taken = csr_array((np.ones(used.sum()), cells), shape=shape) @ weights.T
    precision = ratio(hits.cumsum(axis=0), taken.cumsum(axis=0), empty=0.0)
    return ratio((hits * precision).sum(axis=0), hits.sum(axis=0))


def ratio(numerator: FloatArray, denominator: FloatArray, *, empty: float = np.nan) -> FloatArray:
    """Divide; `empty` where the denominator is 0."""
    quotient: FloatArray = np.full(np.shape(denominator), empty)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient


def mean_of_defined(scores: FloatArray) -> FloatArray:
    """Average over the last axis what isn't NaN; NaN where nothing is defined.

    Examples
    --------
    >>> mean_of_defined(np.array([[0.5, 1.0, np.nan], [np.nan, np.nan, np.nan]])).tolist()
    [0.75, nan]
    """
    defined = ~np.isnan(scores)
    return ratio(np.where(defined, scores, 0.0).sum(axis=-1), defined.sum(axis=-1).astype(float))


def _by_label(labels: Sequence[str], metric: str, scores: FloatArray) -> Measures:
    return {(label, metric): scores[:, at] for at, label in enumerate(labels)}


def _totals(
    cells: BoolArray | FloatArray, documents: NDArray[np.intp], weights: FloatArray
) -> FloatArray:
    """Sum each column over weighted rows: (rows, columns) to (weightings, columns)."""
    by_document = np.zeros((weights.shape[1], cells.shape[1]))
    np.add.at(by_document, documents, cells)
    return weights @ by_document


def _weighted_mean(
    cells: BoolArray | FloatArray, documents: NDArray[np.intp], weights: FloatArray
) -> FloatArray:
    n_rows = _totals(np.ones((len(documents), 1)), documents, weights)
    sums = _totals(cells, documents, weights)
    return ratio(sums, np.broadcast_to(n_rows, sums.shape))
