from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from models import all_claims, small_model, some
from numpy.testing import assert_allclose
from sklearn.base import clone

from stancekit.features.base import BaseScores
from stancekit.features.context import Row, as_rows
from stancekit.features.frames import describe_sentences


@pytest.fixture(scope="module")
def rows() -> Sequence[Row]:
    return as_rows(describe_sentences(some(all_claims(), every=30), small_model().finder))


def test_columns_are_the_scores_of_the_classifier(rows: Sequence[Row]) -> None:
    head = small_model().claims
    assert head is not None
    scores = BaseScores(head).fit_transform(rows)
    assert_allclose(scores.toarray(), head.decision_function(rows), rtol=1e-5)
    assert BaseScores(head).get_feature_names_out().tolist() == [f"base {c}" for c in head.classes_]


def test_a_clone_keeps_the_fitted_classifier() -> None:
    head = small_model().claims
    assert clone(BaseScores(head)).classifier is head


def test_attributions_add_up_to_the_score(rows: Sequence[Row]) -> None:
    base = BaseScores(small_model().claims)
    weights = np.array([0.5, -2.0, 1.0], np.float32)
    for row, scores in zip(rows, base.transform(rows).toarray(), strict=True):
        parts = base.attribute(row, weights)
        assert sum(value for _, value, _, _ in parts) == pytest.approx(scores @ weights, abs=1e-4)
