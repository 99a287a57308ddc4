from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import expit, log_softmax

from stancekit.classify.calibrate import (
    best_threshold,
    document_folds,
    fit_sigmoid,
    fit_temperature,
    sigmoid,
)

seeds = st.integers(0, 10_000)
documents = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=40)
n_rows = st.integers(1, 30)


@given(documents, st.integers(0, 6))
def test_folds_never_split_a_document(groups: list[str], n_folds: int) -> None:
    held_rows: list[int] = []
    folds = list(document_folds(groups, len(groups), n_folds))
    for train, held in folds:
        assert not {groups[row] for row in train} & {groups[row] for row in held}
        assert sorted([*train, *held]) == list(range(len(groups)))
        held_rows += held.tolist()
    assert len(folds) == (
        min(n_folds, len(set(groups))) if min(n_folds, len(set(groups))) > 1 else 0
    )
    assert sorted(held_rows) == (list(range(len(groups))) if folds else [])


@given(documents)
def test_folds_do_not_depend_on_the_order_of_rows(groups: list[str]) -> None:
    def held(ids: list[str]) -> set[frozenset[str]]:
        return {frozenset(ids[row] for row in part) for _, part in document_folds(ids, len(ids), 3)}

    assert held(groups) == held(groups[::-1])


def test_without_documents_every_row_is_one() -> None:
    folds = list(document_folds(None, 6, 3))
    assert sorted(row for _, held in folds for row in held) == list(range(6))
    assert [len(held) for _, held in folds] == [2, 2, 2]


def scores_and_truth(seed: int, n: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    truth = random.random(n) < 0.4
    return random.normal(truth * random.uniform(0, 3), 1), truth, random.integers(1, 4, n) * 1.0


def platt_loss(
    slope: float, offset: float, scores: np.ndarray, truth: np.ndarray, weights: np.ndarray
) -> float:
    n_true, n_false = weights[truth].sum(), weights[~truth].sum()
    target = np.where(truth, (n_true + 1) / (n_true + 2), 1 / (n_false + 2))
    p = expit(slope * scores + offset)
    return float(-(weights * (target * np.log(p) + (1 - target) * np.log1p(-p))).sum())


@settings(max_examples=25)
@given(seeds)
def test_the_sigmoid_is_the_best_on_a_grid(seed: int) -> None:
    scores, truth, weights = scores_and_truth(seed)
    slope, offset = fit_sigmoid(scores, truth, weights)
    found = platt_loss(slope, offset, scores, truth, weights)
    grid = itertools.product(np.linspace(0.05, 4, 40), np.linspace(-4, 4, 41))
    assert found <= min(platt_loss(a, b, scores, truth, weights) for a, b in grid) + 1e-3


@settings(max_examples=25)
@given(seeds)
def test_a_weight_is_a_row_so_many_times(seed: int) -> None:
    scores, truth, weights = scores_and_truth(seed)
    times = weights.astype(int)
    one = np.ones(times.sum())
    repeated = np.repeat(scores, times), np.repeat(truth, times), one
    assert fit_sigmoid(scores, truth, weights) == pytest.approx(fit_sigmoid(*repeated), abs=1e-3)
    assert best_threshold(expit(scores), truth, weights) == best_threshold(
        expit(repeated[0]), repeated[1], one
    )
    logits, column = np.column_stack([scores, -scores]), truth.astype(np.intp)
    assert fit_temperature(logits, column, weights) == pytest.approx(
        fit_temperature(np.repeat(logits, times, axis=0), np.repeat(column, times), one), rel=1e-3
    )


def test_scores_that_mislead_give_the_prior() -> None:
    truth = np.array([True, False, False, False])
    slope, offset = fit_sigmoid(np.array([-2.0, 1.0, 2.0, 3.0]), truth, np.ones(4))
    assert slope == 0
    assert expit(offset) == pytest.approx(2 / 6)


@pytest.mark.parametrize("label", [True, False])
def test_one_class_gives_no_certainty(label: bool) -> None:
    slope, offset = fit_sigmoid(np.arange(5.0), np.full(5, label), np.ones(5))
    probabilities = expit(slope * np.arange(5.0) + offset)
    assert np.all((probabilities > 0.1) & (probabilities < 0.9))


@settings(max_examples=25)
@given(seeds)
def test_the_temperature_is_the_best_on_a_grid(seed: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, 50)
    logits = random.normal(0, random.uniform(0.5, 3), (50, 3)) + 2 * np.eye(3)[truth]
    weights = random.random(50)

    def loss(temperature: float) -> float:
        return -float(weights @ log_softmax(logits / temperature, axis=1)[np.arange(50), truth])

    found = fit_temperature(logits, truth, weights)
    assert loss(found) <= min(map(loss, np.exp(np.linspace(-3, 3, 300)))) + 1e-6


def f1(chosen: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> float:
    return float(2 * weights[chosen & truth].sum() / (weights[chosen].sum() + weights[truth].sum()))


@given(
    n_rows.flatmap(
        lambda n: st.tuples(
            *[
                hnp.arrays(float, n, elements=st.floats(0, 1, width=16)),
                hnp.arrays(bool, n),
                hnp.arrays(float, n, elements=st.integers(0, 3)),
            ]
        )
    )
)
def test_the_threshold_is_half_of_the_highest_f1(
    rows: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    probabilities, truth, weights = rows
    assume(weights[truth].sum())
    best = max(f1(probabilities >= at, truth, weights) for at in probabilities)
    assert best_threshold(probabilities, truth, weights) == pytest.approx(best / 2)


def test_no_threshold_does_better_on_calibrated_probabilities() -> None:
    rng = np.random.default_rng(0)
    probabilities = rng.beta(0.5, 1.5, 20_000)
    truth, weights = rng.random(20_000) < probabilities, np.ones(20_000)
    found = best_threshold(probabilities, truth, weights)
    best = max(f1(probabilities >= at, truth, weights) for at in np.linspace(0.05, 0.95, 91))
    assert f1(probabilities >= found, truth, weights) == pytest.approx(best, abs=0.002)


def test_without_examples_the_threshold_is_a_half() -> None:
    assert best_threshold(np.array([0.2, 0.1]), np.array([False, False]), np.ones(2)) == 0.5


def test_sigmoid_works_by_column() -> None:
    scores = np.array([[0.0, 1.0], [2.0, -1.0]])
    found = sigmoid(scores, np.array([1.0, 2.0]), np.array([0.0, -1.0]))
    assert found == pytest.approx(expit(np.array([[0.0, 1.0], [2.0, -3.0]])))
