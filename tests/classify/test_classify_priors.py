from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import small_model, stances_of
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import softmax

from stancekit.classify.calibrate import checked_priors, class_shares, fit_offsets
from stancekit.classify.stances import StanceClassifier
from stancekit.errors import InputError, ModelError

LABELS = ("supportive", "neutral", "critical")
NEWS = {"supportive": 0.1, "neutral": 0.8, "critical": 0.1}
VERBS = {"supportive": "praised", "neutral": "met", "critical": "condemned"}

shares = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3).map(
    lambda parts: {label: part / sum(parts) for label, part in zip(LABELS, parts, strict=True)}
)


def balanced(n: int = 12) -> pd.DataFrame:
    return stances_of(
        *[(f"d{d}", f"Kenya {VERBS[s]} Togo.", "Togo", s) for d in range(n) for s in LABELS]
    )


def sampled(scores: np.ndarray, offsets: np.ndarray, seed: int = 0) -> np.ndarray:
    """Draw a label for each row of logits, once the offsets are added."""
    rng = np.random.default_rng(seed)
    return np.asarray((scores + offsets + rng.gumbel(size=scores.shape)).argmax(axis=1))


class TestShares:
    def test_the_order_is_that_of_the_labels(self) -> None:
        assert checked_priors(dict(reversed(NEWS.items())), LABELS).tolist() == [0.1, 0.8, 0.1]

    def test_what_nearly_adds_up_is_made_to(self) -> None:
        found = checked_priors({"a": 0.3333, "b": 0.6663}, ["a", "b"])
        assert found.sum() == 1.0

    @pytest.mark.parametrize(
        ("priors", "message"),
        [
            ({"neutral": 1.0}, "a share for each of supportive, neutral, critical; found neutral"),
            ({}, "found none"),
            ({**NEWS, "mixed": 0.1}, "found supportive, neutral, critical, mixed"),
            ([0.1, 0.8, 0.1], r"found \[0\.1, 0\.8, 0\.1\]"),
            ({**NEWS, "neutral": 0.0}, r"neutral: expected a share between 0 and 1; found 0\.0"),
            ({**NEWS, "neutral": -0.8}, r"between 0 and 1; found -0\.8"),
            ({**NEWS, "neutral": 80}, "between 0 and 1; found 80"),
            ({**NEWS, "neutral": float("nan")}, "between 0 and 1; found nan"),
            ({**NEWS, "neutral": "0.8"}, r"between 0 and 1; found '0\.8'"),
            ({**NEWS, "neutral": True}, "between 0 and 1; found True"),
            ({**NEWS, "neutral": 0.7}, r"add up to 1; found 0\.9"),
        ],
    )
    def test_bad_ones(self, priors: Any, message: str) -> None:
        with pytest.raises(InputError, match=message):
            checked_priors(priors, LABELS)

    def test_no_class_has_a_share_of_zero(self) -> None:
        assert class_shares(np.zeros(9, int), np.ones(9), 2).tolist() == [10 / 11, 1 / 11]

    def test_rows_without_weight_do_not_count(self) -> None:
        found = class_shares(np.array([0, 0, 1, 1]), np.array([0, 0, 0.2, 0.2]), 2)
        assert found.tolist() == [0.25, 0.75]


class TestOffsets:
    def test_they_undo_another_share_of_classes(self) -> None:
        scores = np.random.default_rng(1).normal(size=(6000, 3)) * 2
        offsets = np.array([-0.8, 1.6, -0.8])
        truth = sampled(scores / 2, offsets)
        temperature, found = fit_offsets(scores, truth, np.ones(6000))
        assert temperature == pytest.approx(2, rel=0.1)
        assert_allclose(found, offsets, atol=0.12)

    def test_rows_without_weight_do_not_count(self) -> None:
        scores = np.random.default_rng(1).normal(size=(400, 3))
        truth = sampled(scores, np.array([0.0, 2.0, 0.0]))
        chosen = np.arange(400) < 200
        wrong = np.where(chosen, truth, 0)
        one = fit_offsets(scores, wrong, chosen.astype(float))
        other = fit_offsets(scores[:200], truth[:200], np.full(200, 3.0))
        assert one[0] == pytest.approx(other[0], rel=1e-4)
        assert_allclose(one[1], other[1], atol=1e-4)

    def test_a_class_that_no_row_has_is_not_ruled_out(self) -> None:
        scores = np.zeros((50, 3))
        _, found = fit_offsets(scores, np.arange(50) % 2, np.ones(50))
        assert found[2] < found[0]
        assert softmax(found)[2] > 0.005


class TestPriors:
    @given(shares)
    def test_odds_are_multiplied_by_the_ratio_of_shares(self, priors: dict[str, float]) -> None:
        head = small_model().stances
        assert head is not None
        row = [{"text": "Kenya condemned Togo.", "start": 16, "end": 20}]
        before, after = head.predict_proba(row)[0], head.predict_proba(row, priors)[0]
        expected = before * [priors[name] for name in head.classes_] / head.priors_
        assert_allclose(after, expected / expected.sum(), rtol=1e-6)
        assert head.predict(row, priors)[0] == head.classes_[after.argmax()]

    def test_the_own_shares_change_nothing(self) -> None:
        frame = balanced(2)
        model = small_model()
        assert model.stances is not None
        own = dict(zip(model.stance_labels, model.stances.priors_.tolist(), strict=True))
        same = model.label_stances(frame, priors=own)[list(LABELS)]
        assert_allclose(same, model.label_stances(frame)[list(LABELS)], rtol=1e-9)

    @given(shares, shares)
    def test_a_head_may_reckon_with_them_from_now_on(
        self, first: dict[str, float], second: dict[str, float]
    ) -> None:
        head = deepcopy(small_model().stances)
        assert head is not None
        row = [{"text": "Kenya condemned Togo.", "start": 16, "end": 20}]
        one, two = head.predict_proba(row, first), head.predict_proba(row, second)
        head.reckon_with(first)
        assert_allclose(head.predict_proba(row), one, rtol=1e-6)
        assert_allclose(head.predict_proba(row, second), two, rtol=1e-6)
        with pytest.raises(InputError, match="a share for each of"):
            head.reckon_with({"neutral": 1.0})

    def test_articles_and_tables_agree(self) -> None:
        article = small_model().analyze("Kenya condemned Togo.", priors=NEWS)
        frame = pd.DataFrame({"text": ["Kenya condemned Togo."], "start": 16, "end": 20})
        row = small_model().label_stances(frame, priors=NEWS).iloc[0]
        (stance,) = (one for one in article.stances if one.actor.name == "Togo")
        for name in LABELS:
            assert stance.probabilities[name] == pytest.approx(row[name], abs=1e-6)
        (many,) = small_model().analyze_many(["Kenya condemned Togo."], priors=NEWS)
        assert many == article
        assert article != small_model().analyze("Kenya condemned Togo.")

    def test_bad_priors_are_refused_before_anything_is_read(self) -> None:
        with pytest.raises(InputError, match="priors: expected a share for each of"):
            small_model().analyze("", priors={"neutral": 1.0})
        with pytest.raises(InputError, match="priors: expected a share for each of"):
            small_model().label_stances(balanced(0), priors={"neutral": 1.0})

    def test_a_head_saved_before_there_were_priors(self) -> None:
        head = StanceClassifier(n_folds=0)
        rows = [{"text": f"Kenya {verb} Togo.", "start": 0, "end": 5} for verb in VERBS.values()]
        head.fit(rows, LABELS)
        before = head.predict_proba(rows)
        del head.priors_, head.offsets_
        assert_array_equal(head.predict_proba(rows), before)
        with pytest.raises(ModelError, match=r"an older one\. Train it again"):
            head.predict_proba(rows, NEWS)


class TestCalibrationWeight:
    def fitted(self, weight: np.ndarray | None) -> tuple[StanceClassifier, list[dict[str, Any]]]:
        rng = np.random.default_rng(3)
        labels = np.array(LABELS)[rng.choice(3, size=240)]
        labels[120:] = np.where(rng.random(120) < 0.8, "neutral", labels[120:])
        words = np.where(rng.random(240) < 0.7, labels, rng.choice(LABELS, size=240))
        rows = [
            {"text": f"Kenya {VERBS[word]} Togo {at}.", "start": 0, "end": 5}
            for at, word in enumerate(words)
        ]
        head = StanceClassifier(n_folds=3).fit(rows, labels, calibration_weight=weight)
        return head, rows

    def test_probabilities_are_those_of_the_rows_chosen(self) -> None:
        news = (np.arange(240) >= 120).astype(float)
        head, rows = self.fitted(news)
        plain, _ = self.fitted(None)
        neutral = LABELS.index("neutral")
        assert head.priors_[neutral] > 0.7
        assert_array_equal(head.coef_, plain.coef_)
        mean = head.predict_proba(rows[120:]).mean(axis=0)
        assert_allclose(mean, head.priors_, atol=0.06)
        assert plain.predict_proba(rows[120:]).mean(axis=0)[neutral] < mean[neutral] - 0.05

    def test_predictions_are_the_most_probable(self) -> None:
        head, rows = self.fitted((np.arange(240) >= 120).astype(float))
        assert head.offsets_.any()
        expected = head.classes_[head.predict_proba(rows).argmax(axis=1)]
        assert head.predict(rows).tolist() == expected.tolist()

    def test_no_row_to_calibrate_on(self) -> None:
        with pytest.raises(InputError, match="expected rows to calibrate on; found none"):
            self.fitted(np.zeros(240))
