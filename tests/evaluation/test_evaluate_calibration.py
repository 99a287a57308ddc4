from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stancekit.evaluation.calibration import (
    calibration_measures,
    ece_if_calibrated,
    expected_calibration_error,
)
from stancekit.evaluation.outcome import Outcome


def slow_error(true: np.ndarray, probabilities: np.ndarray) -> float:
    error = 0.0
    for low in range(10):
        inside = [
            at for at, p in enumerate(probabilities) if low <= p * 10 < low + 1 or p == 1 == low / 9
        ]
        if inside:
            gap = np.mean(probabilities[inside]) - np.mean(true[inside])
            error += len(inside) / len(true) * abs(gap)
    return error


def test_the_error_is_that_of_a_slow_computation() -> None:
    rng = np.random.default_rng(0)
    probabilities = np.append(rng.random(200), [0.0, 1.0])
    true = rng.random(202) < 0.4
    found = expected_calibration_error(true, probabilities)
    assert found == pytest.approx(slow_error(true, probabilities))


def test_a_hand_made_error() -> None:
    true = np.array([True, False, True, True])
    # One bin says 0.25 and is right half the time; the other says 0.9 and is always right.
    assert expected_calibration_error(true, np.array([0.25, 0.25, 0.9, 0.9])) == pytest.approx(
        (0.25 + 0.1) / 2
    )


def test_the_error_of_a_calibrated_model_is_what_was_expected() -> None:
    rng = np.random.default_rng(1)
    probabilities = rng.random(150)
    errors = [
        expected_calibration_error(rng.random(150) < probabilities, probabilities)
        for _ in range(300)
    ]
    expected = ece_if_calibrated(probabilities, seed=0)
    assert expected == pytest.approx(np.mean(errors), rel=0.05)
    assert expected > 0.05


def test_certain_probabilities_leave_no_room_for_chance() -> None:
    assert ece_if_calibrated(np.array([0.0, 1.0, 1.0]), seed=0) == 0.0


def test_the_order_of_rows_does_not_matter() -> None:
    probabilities = np.random.default_rng(2).random(50)
    backwards = ece_if_calibrated(probabilities[::-1], seed=4)
    assert backwards == ece_if_calibrated(probabilities, seed=4)


def test_one_label_per_row_is_measured_by_its_confidence() -> None:
    probabilities = np.array([[0.8, 0.2], [0.8, 0.2], [0.3, 0.7], [0.3, 0.7]])
    predicted = probabilities > 0.5
    true = np.array([[1, 0], [0, 1], [0, 1], [0, 1]], dtype=bool)
    outcome = Outcome(("a", "b"), true, predicted, probabilities, np.arange(4), True)
    found = calibration_measures(outcome, seed=0)
    assert found["", "ece"] == pytest.approx((abs(0.8 - 0.5) + abs(0.7 - 1.0)) / 2)


def test_several_labels_per_row_are_measured_by_their_mean(
    make_outcome: Callable[..., Outcome],
) -> None:
    found = calibration_measures(make_outcome(0, exclusive=False), seed=0)
    mean = np.mean([found[label, "ece"] for label in "abc"])
    assert found["", "ece"] == pytest.approx(mean)
