"""Score spans and the actors they mean: entity F1 and B-cubed, with bootstrap intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeAlias

import numpy as np

from stancekit.evaluation.bootstrap import Sampling
from training.scores import Score, f_score

Span: TypeAlias = tuple[int, int, str]


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
    wanted = list(kinds)
    counts = np.zeros((len(gold), 3))
    for row, (true, said) in enumerate(zip(gold, found, strict=True)):
        a = {span for span in true if span[2] in wanted}
        b = {span for span in said if span[2] in wanted}
        counts[row] = len(a & b), len(b), len(a)
    return f_score(", ".join(wanted), "span F1", counts[:, [0, 1, 0, 2]], sampling)


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
    return f_score("actors", "B-cubed F1", sums, sampling)
