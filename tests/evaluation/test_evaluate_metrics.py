from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as reference

from stancekit.evaluation.metrics import (
    average_precision,
    label_measures,
    precision_recall_f1,
    probability_measures,
)
from stancekit.evaluation.outcome import Outcome

Make = Callable[..., Outcome]
ONE = {"zero_division": 0}


def plain(outcome: Outcome) -> dict[tuple[str, str], float]:
    weights = np.ones((1, outcome.documents.max() + 1))
    measures = label_measures(outcome, weights) | probability_measures(outcome, weights)
    return {key: float(values[0]) for key, values in measures.items()}


def as_scikit_learn_says(outcome: Outcome, rows: Any = slice(None)) -> dict[tuple[str, str], float]:
    """Score rows (repeated at will) with scikit-learn; every label must occur."""
    true, predicted = outcome.true[rows], outcome.predicted[rows]
    probabilities = outcome.probabilities[rows]
    expected = {("", "accuracy"): reference.accuracy_score(true, predicted)}
    for average in ("macro", "micro"):
        scores = reference.precision_recall_fscore_support(true, predicted, average=average, **ONE)
        for metric, score in zip(("precision", "recall", "f1"), scores[:3], strict=True):
            expected["", f"{average}_{metric}"] = score
    scores = reference.precision_recall_fscore_support(true, predicted, average=None, **ONE)
    for metric, by_label in zip(("precision", "recall", "f1"), scores[:3], strict=True):
        expected |= {
            (label, metric): score for label, score in zip(outcome.labels, by_label, strict=True)
        }
    for at, label in enumerate(outcome.labels):
        expected[label, "average_precision"] = reference.average_precision_score(
            true[:, at], probabilities[:, at]
        )
        expected[label, "brier"] = reference.brier_score_loss(true[:, at], probabilities[:, at])
    expected["", "macro_average_precision"] = reference.average_precision_score(
        true, probabilities, average="macro"
    )
    if outcome.exclusive:
        expected["", "brier"] = reference.brier_score_loss(
            true.argmax(axis=1), probabilities, labels=[0, 1, 2]
        )
    else:
        nothing, said_nothing = ~true.any(axis=1), ~predicted.any(axis=1)
        expected["none", "f1"] = reference.f1_score(nothing, said_nothing, **ONE)
        expected["none", "recall"] = reference.recall_score(nothing, said_nothing, **ONE)
    return expected


@pytest.mark.parametrize("exclusive", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_every_score_is_that_of_scikit_learn(
    make_outcome: Make, seed: int, exclusive: bool
) -> None:
    outcome = make_outcome(seed, exclusive=exclusive)
    found = plain(outcome)
    for key, value in as_scikit_learn_says(outcome).items():
        assert found[key] == pytest.approx(value), key


@pytest.mark.parametrize("exclusive", [True, False])
def test_weighted_documents_score_like_repeated_rows(make_outcome: Make, exclusive: bool) -> None:
    outcome = make_outcome(3, exclusive=exclusive)
    weights = np.array([[2, 0, 1, 3, 0, 1, 0], [1, 1, 1, 1, 1, 1, 1], [0, 5, 0, 0, 1, 1, 0]])
    measures = label_measures(outcome, weights * 1.0) | probability_measures(outcome, weights * 1.0)
    for sample, repeats in enumerate(weights):
        rows = np.repeat(np.arange(len(outcome.documents)), repeats[outcome.documents])
        for key, value in as_scikit_learn_says(outcome, rows).items():
            assert measures[key][sample] == pytest.approx(value), key


@given(seed=st.integers(0, 10_000), exclusive=st.booleans())
def test_the_order_of_rows_does_not_matter(seed: int, exclusive: bool) -> None:
    outcome = _drawn(seed, exclusive)
    shuffled = _rows(outcome, np.random.default_rng(seed).permutation(len(outcome.documents)))
    assert plain(shuffled) == pytest.approx(plain(outcome), nan_ok=True)


@given(seed=st.integers(0, 10_000), exclusive=st.booleans())
def test_perfect_answers_score_one(seed: int, exclusive: bool) -> None:
    drawn = _drawn(seed, exclusive)
    perfect = Outcome(
        drawn.labels, drawn.true, drawn.true, drawn.true * 1.0, drawn.documents, exclusive
    )
    there = dict(zip(perfect.scored_labels, perfect.scored_true.any(axis=0), strict=True))
    there[""] = perfect.true.any()
    for (label, metric), value in plain(perfect).items():
        if metric == "brier":
            assert value == 0.0
        elif there[label] or metric == "accuracy":
            assert value == pytest.approx(1.0), (label, metric)
        else:
            assert np.isnan(value), (label, metric)


@given(seed=st.integers(0, 10_000), exclusive=st.booleans())
def test_scores_lie_between_zero_and_one(seed: int, exclusive: bool) -> None:
    for (label, metric), value in plain(_drawn(seed, exclusive)).items():
        highest = 2.0 if (label, metric, exclusive) == ("", "brier", True) else 1.0
        assert np.isnan(value) or 0.0 <= value <= highest


def test_where_every_row_has_one_label_micro_scores_are_accuracy(make_outcome: Make) -> None:
    found = plain(make_outcome(1, exclusive=True))
    micro = {found["", f"micro_{metric}"] for metric in ("precision", "recall", "f1")}
    assert micro == {found["", "accuracy"]}


def test_a_label_that_does_not_occur_is_undefined_and_left_out_of_means() -> None:
    true = np.array([[1, 0], [1, 0], [1, 0], [1, 0]], dtype=bool)
    predicted = np.array([[1, 0], [1, 0], [1, 0], [0, 1]], dtype=bool)
    found = plain(Outcome(("a", "b"), true, predicted, predicted * 1.0, np.arange(4), True))
    for metric in ("precision", "recall", "f1", "average_precision"):
        assert np.isnan(found["b", metric])
    assert found["", "macro_f1"] == found["a", "f1"] == pytest.approx(6 / 7)
    assert found["", "micro_f1"] == 0.75
    assert found["b", "brier"] == 0.25


def test_a_label_that_is_never_predicted_has_precision_zero() -> None:
    counts = (np.array([0.0]), np.array([0.0]), np.array([3.0]))
    assert [score.tolist() for score in precision_recall_f1(*counts)] == [[0.0], [0.0], [0.0]]


def test_none_is_scored_but_left_out_of_means() -> None:
    true = np.array([[1], [0], [0], [0]], dtype=bool)
    predicted = np.array([[1], [1], [0], [0]], dtype=bool)
    found = plain(Outcome(("a",), true, predicted, predicted * 1.0, np.arange(4), False))
    assert found["none", "precision"] == 1.0
    assert found["none", "recall"] == pytest.approx(2 / 3)
    assert found["", "macro_recall"] == found["a", "recall"] == 1.0
    assert ("none", "average_precision") not in found


def test_a_label_of_the_table_may_be_called_none() -> None:
    true = np.array([[1, 0], [0, 1]], dtype=bool)
    outcome = Outcome(("none", "b"), true, true, true * 1.0, np.arange(2), False)
    assert outcome.scored_labels == ("none", "b")


def test_tied_scores_stand_or_fall_together() -> None:
    true = np.array([True, False, True, False])
    found = average_precision(true, np.full(4, 0.5), np.arange(4), np.ones((1, 4)))
    assert found.tolist() == [0.5]


def _drawn(seed: int, exclusive: bool) -> Outcome:
    rng = np.random.default_rng(seed)
    n_rows = int(rng.integers(1, 12))
    probabilities = rng.integers(0, 5, (n_rows, 3)) / 4
    if exclusive:
        probabilities = (probabilities + 0.1) / (probabilities + 0.1).sum(axis=1, keepdims=True)
        true, predicted = (np.eye(3, dtype=bool)[rng.integers(3, size=n_rows)] for _ in range(2))
    else:
        true, predicted = (rng.random((n_rows, 3)) < 0.4 for _ in range(2))
    documents = np.unique(rng.integers(4, size=n_rows), return_inverse=True)[1]
    return Outcome(("a", "b", "c"), true, predicted, probabilities, documents, exclusive)


def _rows(outcome: Outcome, rows: Any) -> Outcome:
    arrays = (outcome.true, outcome.predicted, outcome.probabilities, outcome.documents)
    return Outcome(outcome.labels, *(array[rows] for array in arrays), outcome.exclusive)
