"""One model on one table: its scores with intervals, its confusions and its slices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from stancekit.evaluation.bootstrap import Sampling, interval, resample
from stancekit.evaluation.calibration import calibration_measures
from stancekit.evaluation.metrics import Measures, label_measures, probability_measures
from stancekit.evaluation.outcome import FloatArray, Outcome
from stancekit.evaluation.slices import Slice

_Cell: TypeAlias = tuple[str, str, str, int]

SLICED: Final = ("macro_f1", "micro_f1", "accuracy")
"""The metrics of a slice."""


@dataclass(frozen=True, eq=False)
class Scoring:
    """Every score of an outcome.

    Attributes
    ----------
    plain
        (label, metric) to its value on the table.
    drawn
        (label, metric) to its values on the bootstrap samples; calibration errors have
        none, because samples with repeated rows exaggerate them.
    """

    plain: dict[tuple[str, str], float]
    drawn: Measures


def score(outcome: Outcome, sampling: Sampling) -> Scoring:
    """Score an outcome and samples of its documents."""
    n_documents = outcome.n_documents
    plain = _plain(_all_measures(outcome, np.ones((1, n_documents))))
    return Scoring(
        plain | calibration_measures(outcome, seed=sampling.seed),
        resample(outcome, _all_measures, n_documents, sampling),
    )


def score_rows(outcome: Outcome, scoring: Scoring) -> pd.DataFrame:
    """Lay scores out, one a row, with intervals and the number of rows each rests on."""
    support = dict(zip(outcome.scored_labels, outcome.scored_true.sum(axis=0), strict=True))
    rows: list[dict[str, Any]] = []
    for (label, metric), value in scoring.plain.items():
        low, high = _interval(scoring.drawn, label, metric)
        n = int(support[label]) if label else len(outcome.documents)
        rows.append(
            {"label": label, "metric": metric, "value": value, "low": low, "high": high, "n": n}
        )
    return pd.DataFrame(rows)


def confusion_rows(outcome: Outcome) -> pd.DataFrame:
    """Count true against predicted labels.

    Returns
    -------
    DataFrame
        Columns ``label``, ``true``, ``predicted``, ``n``. Where every row has one label,
        ``label`` is empty and the other two are labels; else they say ``"yes"`` or
        ``"no"`` of ``label``.
    """
    cells = _matrix(outcome) if outcome.exclusive else _yes_and_no(outcome)
    return pd.DataFrame(cells, columns=["label", "true", "predicted", "n"])


def slice_rows(outcome: Outcome, slices: Iterable[Slice], sampling: Sampling) -> pd.DataFrame:
    """Score parts of an outcome.

    Returns
    -------
    DataFrame
        One row per slice, group and metric out of `SLICED`, with its interval and the
        number of rows, documents and labels that occur.
    """
    rows: list[dict[str, Any]] = []
    n_all = outcome.n_documents
    for part in slices:
        inside = outcome.at(part.rows)
        drawn = resample(inside, label_measures, n_all, sampling)
        plain = _plain(label_measures(inside, np.ones((1, n_all))))
        counts = {
            "n": len(inside.documents),
            "documents": inside.n_documents,
            "labels": int(inside.true.any(axis=0).sum()),
        }
        for metric in SLICED:
            low, high = _interval(drawn, "", metric)
            bounds = {"value": plain["", metric], "low": low, "high": high}
            rows.append(
                {"slice": part.name, "group": part.group, "metric": metric, **bounds, **counts}
            )
    return pd.DataFrame(rows)


def _all_measures(outcome: Outcome, weights: FloatArray) -> Measures:
    return label_measures(outcome, weights) | probability_measures(outcome, weights)


def _plain(measures: Measures) -> dict[tuple[str, str], float]:
    return {key: float(values[0]) for key, values in measures.items()}


def _interval(drawn: Measures, label: str, metric: str) -> tuple[float, float]:
    return interval(drawn.get((label, metric), np.array([])))


def _matrix(outcome: Outcome) -> Iterator[_Cell]:
    counts = outcome.true.astype(int).T @ outcome.predicted.astype(int)
    for at, true in enumerate(outcome.labels):
        for to, predicted in enumerate(outcome.labels):
            yield "", true, predicted, int(counts[at, to])


def _yes_and_no(outcome: Outcome) -> Iterator[_Cell]:
    pairs = zip(outcome.scored_true.T, outcome.scored_predicted.T, strict=True)
    for label, (true, predicted) in zip(outcome.scored_labels, pairs, strict=True):
        yield label, "yes", "yes", int((true & predicted).sum())
        yield label, "yes", "no", int((true & ~predicted).sum())
        yield label, "no", "yes", int((~true & predicted).sum())
        yield label, "no", "no", int((~true & ~predicted).sum())
