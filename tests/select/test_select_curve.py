from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError, TableError
from stancekit.select import compare_settings, learning_curve
from stancekit.select.curve import fit_power_law


def test_scores_grow_with_documents(claims: pd.DataFrame) -> None:
    curve = learning_curve(claims, fractions=(0.1, 0.3, 0.6, 1), folds=3, progress=False)
    assert curve["basis"].tolist() == ["measured"] * 4 + ["extrapolated"]
    assert curve["fraction"].tolist() == [0.1, 0.3, 0.6, 1.0, 2.0]
    assert curve["n_documents"].tolist() == [2.0, 6.0, 12.0, 20.0, 40.0]
    measured = curve[curve["basis"] == "measured"]
    assert measured["macro_f1"].iloc[-1] > measured["macro_f1"].iloc[0]
    assert measured["macro_f1"].between(0, 1).all()
    assert curve["spread"].isna().tolist() == [False] * 4 + [True]


def test_both_heads_have_their_curve(claims: pd.DataFrame, stances: pd.DataFrame) -> None:
    curve = learning_curve(claims, stances, fractions=(0.5, 1), folds=2, progress=False)
    assert curve["head"].tolist() == ["claims"] * 2 + ["stances"] * 2
    assert set(curve["basis"]) == {"measured"}
    full = curve[curve["fraction"] == 1]
    assert (full["macro_f1"] > 0.8).all()


def test_the_same_seed_gives_the_same_curve(claims: pd.DataFrame) -> None:
    first, second = (
        learning_curve(claims, fractions=(0.2, 1), folds=2, seed=1, progress=False)
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, second)


def test_documents_in_training_are_not_scored(stances: pd.DataFrame) -> None:
    """Labels that only repeat within a document can't be predicted across documents."""
    random = np.random.default_rng(0)
    documents = stances["doc_id"].unique()
    labels = {name: random.choice(["supportive", "critical"]) for name in documents}
    stuck = stances.assign(stance=stances["doc_id"].map(labels))
    stuck["text"] = stuck["actor"] + " spoke in " + stuck["doc_id"] + "."
    stuck = stuck.assign(start=0, end=stuck["actor"].str.len())
    curve = learning_curve(stances=stuck, fractions=(1,), folds=3, progress=False)
    assert curve["macro_f1"].item() < 0.7


@pytest.mark.parametrize("fractions", [(), (0,), (0.5, 1.5), (-1,)])
def test_fractions_are_shares(claims: pd.DataFrame, fractions: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="expected fractions above 0 and at most 1"):
        learning_curve(claims, fractions=fractions, progress=False)


def test_a_curve_needs_a_table_and_documents(claims: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="expected claims, stances or both; found neither"):
        learning_curve(progress=False)
    with pytest.raises(InputError, match="expected at least 2 folds and 2 documents"):
        learning_curve(claims[claims["doc_id"] == "d0"], progress=False)
    with pytest.raises(TableError, match="missing columns"):
        learning_curve(claims.drop(columns="doc_id"), progress=False)


@given(st.floats(0.4, 0.95), st.floats(0.2, 2), st.floats(0.2, 1.5))
def test_a_power_law_is_found_again(limit: float, loss: float, rate: float) -> None:
    n = np.array([5.0, 10.0, 20.0, 40.0, 80.0])
    found_limit, found_loss, found_rate = fit_power_law(n, limit - loss * n**-rate)
    assert found_limit - found_loss * 160**-found_rate == pytest.approx(
        limit - loss * 160**-rate, abs=0.01
    )


def test_scores_that_fall_give_no_bound_above_one() -> None:
    limit, loss, rate = fit_power_law(np.array([1.0, 2, 3, 4]), np.array([1.0, 0.9, 0.9, 0.8]))
    assert 0 <= limit <= 1
    assert loss >= 0
    assert rate > 0


def test_settings_are_compared_on_the_same_folds(claims: pd.DataFrame) -> None:
    settings = {"weak": {"C": 1e-6}, "plain": {}, "plain again": {}}
    scores = compare_settings(settings, claims=claims, folds=3, progress=False)
    assert scores["setting"].tolist() == list(settings)
    weak, plain, again = scores["macro_f1"]
    assert weak < plain == again
    assert (scores["spread"][1:] > 0).all()
