from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from stancekit.classify.claims import ClaimClassifier
from stancekit.errors import InputError

FUTURE = ("Rates may rise.", "The bank will act.", "Talks could fail.", "Prices might fall.")
PAST = ("Rates rose.", "The bank acted.", "Talks failed.", "Prices fell.")
X = [{"text": text} for text in (*FUTURE, *PAST)] * 6
Y = ([("prediction",)] * 4 + [()] * 4) * 6
DOCUMENTS = [f"d{row // 8}" for row in range(48)]


def fitted(y: list[tuple[str, ...]] = Y, **settings: object) -> ClaimClassifier:
    return ClaimClassifier(**settings).fit(X, y, DOCUMENTS)  # type: ignore[arg-type]


def test_it_tells_the_future_from_the_past() -> None:
    assert fitted().predict(X).ravel().tolist() == [1, 1, 1, 1, 0, 0, 0, 0] * 6
    assert fitted().score(X, Y) == 1
    assert fitted().score(X[:8], [()] * 8) == 0.5


def test_columns_are_in_the_fixed_order_with_own_types_after() -> None:
    y = [("pledge", "background_fact"), ("prediction",), ("aside",)] * 16
    assert fitted(y).classes_.tolist() == ["prediction", "background_fact", "aside", "pledge"]


def test_a_row_has_the_types_at_or_above_their_thresholds() -> None:
    head = fitted([("prediction", "aside"), ("prediction",)] * 24)
    head.thresholds_ = np.array([0.5, 0.25])
    assert head.types(np.array([0.5, 0.24])) == ("prediction",)
    assert head.types(np.array([0.49, 0.25])) == ("aside",)
    assert head.types(np.array([0.0, 0.0])) == ()


def test_probabilities_are_calibrated_scores() -> None:
    head = fitted()
    z = head.decision_function(X) * head.slopes_ + head.offsets_
    assert_allclose(head.predict_proba(X), 1 / (1 + np.exp(-z)))
    assert_array_equal(head.predict(X), head.predict_proba(X) >= head.thresholds_)


def test_without_folds_nothing_is_calibrated() -> None:
    head = fitted(n_folds=0)
    assert (head.slopes_, head.offsets_, head.thresholds_) == ([1.0], [0.0], [0.5])


def test_noise_is_less_sure_after_calibration() -> None:
    random = np.random.default_rng(0)
    y = [("prediction",) if random.random() < 0.5 else () for _ in X]
    sure, humble = fitted(y, n_folds=0).predict_proba(X), fitted(y).predict_proba(X)
    assert np.abs(humble - 0.5).mean() < np.abs(sure - 0.5).mean()


def test_a_type_of_one_document_is_not_given_to_all_others() -> None:
    y = [("prediction", "aside") if row < 8 else types for row, types in enumerate(Y)]
    head = fitted(y)
    aside = head.classes_.tolist().index("aside")
    assert head.slopes_[aside] == 0
    assert not head.predict(X)[:, aside].any()


@pytest.mark.parametrize("types", [("prediction",), ("prediction", "aside")])
def test_a_type_that_every_row_has(types: tuple[str, ...]) -> None:
    assert fitted([types] * 48).predict(X).all()


@pytest.mark.parametrize("n_documents", [1, 2])
def test_tiny_tables(n_documents: int) -> None:
    rows = [{"text": "Rates may rise."}, {"text": "Rates rose."}] * n_documents
    y = [("prediction",), ()] * n_documents
    groups = [f"d{row // 2}" for row in range(len(rows))]
    head = ClaimClassifier().fit(rows, y, groups)
    assert head.predict_proba(rows).shape == (len(rows), 1)
    # A feature must be in two rows, so that one document shows no difference.
    may, rose = head.decision_function(rows)[:2]
    assert (may > rose) == (n_documents > 1)


def test_a_single_row() -> None:
    head = ClaimClassifier().fit([{"text": "Rates may rise."}], [("prediction",)])
    assert head.predict([{"text": "Rates may rise."}]).tolist() == [[1]]


def test_a_heavier_row_wins() -> None:
    y = [("prediction",), ()] * 24
    rows = [{"text": "Rates may rise."}] * 48
    for heavy, expected in ((0, True), (1, False)):
        weight = np.array([9.0 if row % 2 == heavy else 1.0 for row in range(48)])
        head = ClaimClassifier().fit(rows, y, sample_weight=weight)
        assert (head.predict_proba(rows[:1])[0, 0] > 0.5) == expected


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([()] * 48, "expected rows with claim types to learn from; found none"),
        (["prediction"] * 48, "expected a sequence of claim types for each row; found a text"),
    ],
)
def test_nothing_to_learn(y: list[tuple[str, ...]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        fitted(y)


def test_rows_and_labels_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        ClaimClassifier().fit(X, Y[:-1])


def test_an_unknown_type_cannot_be_explained() -> None:
    with pytest.raises(InputError, match="expected one of prediction; found 'aside'"):
        fitted().explain(X[0], "aside")
