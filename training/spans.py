"""Score spans and the actors they mean: entity F1 and B-cubed, with bootstrap intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from stancekit.evaluation.bootstrap import Sampling, document_weights, interval

Span: TypeAlias = tuple[int, int, str]
Floats: TypeAlias = npt.NDArray[np.float64]

_AT_ONCE = 100


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1, with the interval of F1.

    Attributes
    ----------
    low, high
        The middle 95 % of bootstrap samples of sentences or documents.
    n
        Gold spans or mentions.
    """

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    n: int


def span_score(
    gold: Sequence[Iterable[Span]],
    found: Sequence[Iterable[Span]],
    kinds: Iterable[str],
    sampling: Sampling,
) -> Score:
    """Compare spans exactly, borders and kind, over all sentences, as conlleval does.

    Parameters
    ----------
    gold, found
        Spans of each sentence.
    kinds
        Which of them count.
    sampling
        Bootstrap samples of sentences.

    Examples
    --------
    >>> score = span_score([[(0, 3, "a")]], [[(0, 3, "a"), (5, 9, "a")]], ["a"], Sampling(0, 0))
    >>> score.precision, score.recall
    (0.5, 1.0)
    """
    wanted = set(kinds)
    counts = np.zeros((len(gold), 3))
    for row, (true, said) in enumerate(zip(gold, found, strict=True)):
        a = {span for span in true if span[2] in wanted}
        b = {span for span in said if span[2] in wanted}
        counts[row] = len(a & b), len(b), len(a)
    return _score(counts[:, [0, 1, 0, 2]], sampling)


def b_cubed(documents: Sequence[Sequence[tuple[Hashable, Hashable]]], sampling: Sampling) -> Score:
    """Compare how mentions are gathered into actors: the mean over all mentions.

    Parameters
    ----------
    documents
        The gold actor and the found one of each mention of each document.
    sampling
        Bootstrap samples of documents.

    Examples
    --------
    >>> score = b_cubed([[("Lee", 1), ("Lee", 1), ("Kim", 1)]], Sampling(0, 0))
    >>> round(score.precision, 3), score.recall
    (0.556, 1.0)
    """
    sums = np.zeros((len(documents), 4))
    for row, pairs in enumerate(documents):
        both = Counter(pairs)
        gold, found = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
        precise = sum(n * n / found[b] for (_, b), n in both.items())
        complete = sum(n * n / gold[a] for (a, _), n in both.items())
        sums[row] = precise, len(pairs), complete, len(pairs)
    return _score(sums, sampling)


def _score(sums: Floats, sampling: Sampling) -> Score:
    """Score sums per unit: hits and number for precision, hits and number for recall."""
    samples = [
        _measures(weights @ sums)[2] for weights in document_weights(len(sums), sampling, _AT_ONCE)
    ]
    low, high = interval(np.concatenate(samples)) if samples else (np.nan, np.nan)
    precision, recall, f1 = (float(one) for one in _measures(sums.sum(axis=0)))
    return Score(precision, recall, f1, low, high, int(sums[:, 3].sum()))


def _measures(totals: Floats) -> tuple[Floats, Floats, Floats]:
    right, said, hit, true = np.moveaxis(totals, -1, 0)
    precision, recall = right / np.maximum(said, 1), hit / np.maximum(true, 1)
    total = precision + recall
    return (
        precision,
        recall,
        np.where(total > 0, 2 * precision * recall / np.where(total, total, 1), 0.0),
    )
