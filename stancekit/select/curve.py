"""What more labels would bring: macro-F1 against the number of labelled documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import least_squares

from stancekit.errors import InputError
from stancekit.progress import track
from stancekit.select.trials import Places, Task, read_tasks
from stancekit.tables import Source

Floats: TypeAlias = npt.NDArray[np.float64]

FRACTIONS = (0.1, 0.2, 0.4, 0.7, 1.0)

MORE = 2.0
"""How many times the documents the extrapolation supposes."""

_MIN_POINTS = 4


def learning_curve(
    claims: Source | None = None,
    stances: Source | None = None,
    *,
    fractions: Sequence[float] = FRACTIONS,
    folds: int = 5,
    seed: int = 0,
    progress: bool = True,
) -> pd.DataFrame:
    """Measure how scores grow with the number of labelled documents.

    Parameters
    ----------
    claims, stances
        Labelled tables; at least one.
    fractions
        Shares of the training documents, above 0 and at most 1; small ones are part of
        large ones.
    folds
        Folds, by document; each is predicted by heads that saw none of its documents.
    seed
        Which documents the shares begin with.
    progress
        Show a progress bar.

    Returns
    -------
    DataFrame
        Columns ``head``, ``fraction``, ``n_documents`` and ``n_rows`` (means over the
        folds of what was trained on), ``macro_f1``, ``spread`` (standard deviation over
        the folds) and ``basis``: ``"measured"``; or ``"extrapolated"`` for one last row per
        head, that of twice the documents, from a power law fitted to four measured
        fractions or more. The heads are fitted from scratch to words and context, with no
        base model and no encoder.

    Raises
    ------
    InputError
        If there is no table, one is bad, has documents for fewer than two folds, or a
        fraction has too few labels to learn from.

    References
    ----------
    Viering and Loog (2023), "The shape of learning curves: a review", IEEE TPAMI 45.
    """
    if not fractions or not all(0 < fraction <= 1 for fraction in fractions):
        raise InputError(f"expected fractions above 0 and at most 1; found {list(fractions)}")
    tasks = read_tasks(claims, stances)
    work = [
        (task, fold, fraction)
        for task in tasks
        for fold in task.folds(folds)
        for fraction in sorted(set(fractions))
    ]
    rows = []
    for task, (train, held_out), fraction in track(work, "fits", total=len(work), show=progress):
        part = _part(task, train, fraction, seed)
        n_documents = len(set(task.documents[part]))
        score = task.score(part, held_out, {})
        rows.append((task.head, fraction, n_documents, len(part), score))
    columns = ["head", "fraction", "n_documents", "n_rows", "macro_f1"]
    scores = pd.DataFrame(rows, columns=columns)
    curves = [_curve(points) for _, points in scores.groupby("head", sort=False)]
    return pd.concat(curves, ignore_index=True)


def fit_power_law(n: Floats, score: Floats) -> tuple[float, float, float]:
    """Fit ``score = limit - loss * n ** -rate`` by least squares.

    Parameters
    ----------
    n, score
        Numbers of documents and the scores reached, shape (n_points,).

    Returns
    -------
    limit, loss, rate
        A limit from 0 to 1, a loss from 0 to 10, a rate from 0.01 to 2.

    Examples
    --------
    >>> n = np.array([10.0, 20.0, 40.0, 80.0])
    >>> [round(value, 3) for value in fit_power_law(n, 0.8 - 0.9 * n**-0.5)]
    [0.8, 0.9, 0.5]
    """

    def residuals(parameters: Floats) -> Floats:
        limit, loss, rate = parameters
        return np.asarray(limit - loss * n**-rate - score)

    start = [np.clip(score.max() + 0.05, 0.01, 0.99), 1.0, 0.5]
    bounds = ([0.0, 0.0, 0.01], [1.0, 10.0, 2.0])
    limit, loss, rate = least_squares(residuals, start, bounds=bounds).x
    return float(limit), float(loss), float(rate)


def _part(task: Task, train: Places, fraction: float, seed: int) -> Places:
    """Take the rows of a share of the documents; a larger share holds the smaller ones."""
    documents = np.unique(task.documents[train].astype(str))
    order = np.random.default_rng(seed).permutation(documents)
    kept = order[: max(1, round(fraction * len(order)))]
    return train[np.isin(task.documents[train].astype(str), kept)]


def _curve(scores: pd.DataFrame) -> pd.DataFrame:
    """Average one head's scores over the folds, and add the extrapolation."""
    curve = scores.groupby(["head", "fraction"]).agg(
        n_documents=("n_documents", "mean"),
        n_rows=("n_rows", "mean"),
        spread=("macro_f1", "std"),
        macro_f1=("macro_f1", "mean"),
    )
    curve = curve.reset_index().assign(basis="measured")
    if len(curve) >= _MIN_POINTS:
        curve = pd.concat([curve, _extrapolated(curve)])
    columns = ["head", "fraction", "n_documents", "n_rows", "macro_f1", "spread", "basis"]
    return curve[columns]


def _extrapolated(curve: pd.DataFrame) -> pd.DataFrame:
    n = curve["n_documents"].to_numpy(dtype=np.float64)
    limit, loss, rate = fit_power_law(n, curve["macro_f1"].to_numpy(dtype=np.float64))
    row = curve.tail(1).assign(spread=np.nan, basis="extrapolated")
    row[["fraction", "n_documents", "n_rows"]] *= MORE
    return row.assign(macro_f1=limit - loss * row["n_documents"] ** -rate)
