from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from stancekit.evaluation import bootstrap
from stancekit.evaluation.bootstrap import (
    Sampling,
    document_weights,
    interval,
    paired_p_value,
    resample,
)
from stancekit.evaluation.metrics import label_measures
from stancekit.evaluation.outcome import Outcome
from stancekit.evaluation.scoring import score

Make = Callable[..., Outcome]


def test_samples_are_the_same_in_any_batches() -> None:
    whole = next(document_weights(6, Sampling(10, seed=3), at_once=10))
    parts = np.concatenate([*document_weights(6, Sampling(10, seed=3), at_once=3)])
    assert np.array_equal(whole, parts)
    assert set(whole.sum(axis=1)) == {6.0}
    assert whole.mean() == 1.0
    assert whole.std() > 0.5


def test_whole_documents_are_drawn() -> None:
    # Documents are all right or all wrong, so that a sample's accuracy counts documents.
    documents = np.repeat(np.arange(8), 50)
    right = (documents % 2 == 0)[:, None]
    outcome = Outcome(("a", "b"), *_two(right), documents, exclusive=True)
    drawn = resample(outcome, label_measures, 8, Sampling(400, seed=0))["", "accuracy"]
    assert {round(value * 8, 9) for value in drawn} <= set(range(9))
    assert drawn.std() == pytest.approx(np.sqrt(0.25 / 8), rel=0.1)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    covered = 0
    for seed in range(100):
        documents = np.repeat(np.arange(40), 5)
        outcome = Outcome(("a", "b"), *_two(rng.random((200, 1)) < 0.7), documents, exclusive=True)
        drawn = resample(outcome, label_measures, 40, Sampling(200, seed))["", "accuracy"]
        low, high = interval(drawn)
        covered += low <= 0.7 <= high
    assert 87 <= covered <= 100


def test_few_documents_give_no_samples(make_outcome: Make) -> None:
    few = make_outcome(0, exclusive=True, n_documents=bootstrap.MIN_DOCUMENTS - 1)
    assert resample(few, label_measures, few.n_documents, Sampling(10, seed=0)) == {}
    enough = make_outcome(0, exclusive=True, n_documents=bootstrap.MIN_DOCUMENTS)
    assert resample(enough, label_measures, enough.n_documents, Sampling(10, seed=0))


def test_batches_do_not_change_the_scores(
    make_outcome: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = make_outcome(0, exclusive=False)
    whole = score(outcome, Sampling(50, seed=1)).drawn
    monkeypatch.setattr(bootstrap, "_CELLS_AT_ONCE", 200)
    parts = score(outcome, Sampling(50, seed=1)).drawn
    assert whole.keys() == parts.keys()
    for key, values in whole.items():
        assert values == pytest.approx(parts[key], nan_ok=True)


def test_undefined_samples_are_passed_over() -> None:
    assert interval(np.array([np.nan, 0.5, 0.5])) == (0.5, 0.5)
    assert paired_p_value(np.array([np.nan, 1.0, 1.0, 1.0])) == 0.5
    assert np.isnan(paired_p_value(np.array([np.nan])))


def test_p_values_of_equal_models_are_evenly_spread() -> None:
    rng = np.random.default_rng(0)
    found = []
    for _ in range(200):
        gaps = rng.normal(size=60)
        drawn = gaps[rng.integers(60, size=(300, 60))].mean(axis=1)
        found.append(paired_p_value(drawn))
    assert np.mean(np.array(found) < 0.1) == pytest.approx(0.1, abs=0.06)
    assert np.mean(np.array(found) < 0.5) == pytest.approx(0.5, abs=0.12)


def test_ten_thousand_rows_are_resampled_in_seconds(make_outcome: Make) -> None:
    outcome = make_outcome(0, exclusive=True, n_rows=10_000, n_documents=500)
    begun = time.process_time()
    drawn = score(outcome, Sampling(1000, seed=0)).drawn
    assert time.process_time() - begun < 8
    assert len(drawn["", "macro_f1"]) == 1000


def _two(right: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All rows are a; say so where `right`, else b."""
    true = np.column_stack([np.ones(len(right), bool), np.zeros(len(right), bool)])
    predicted = np.column_stack([right, ~right])
    return true, predicted, predicted * 1.0
