from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from models import (
    OWN_STANCES,
    all_claims,
    all_stances,
    claims_of,
    retrained_model,
    small_model,
    some,
    stances_of,
)
from numpy.testing import assert_array_equal
from sklearn.pipeline import FeatureUnion
from strategies import SENTENCES

from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.linear import LinearHead
from stancekit.errors import InputError
from stancekit.features.vectorizer import PartVectorizer
from stancekit.features.wordvectors import WordVectors
from stancekit.fit import fit_model, frame_digest
from stancekit.model import Model

CLAIMS = claims_of(
    *[
        (f"d{document}", text, types)
        for document in range(9)
        for text, types in (
            ("The levy will double.", "prediction"),
            ("The levy was signed in 1998.", "background_fact"),
            ("The levy is small.", ""),
        )
    ]
)
TARGETS = stances_of(
    *[
        (f"d{document}", f"Kenya {verb} Togo.", "Togo", stance)
        for document in range(9)
        for verb, stance in (
            ("praised", "supportive"),
            ("met", "neutral"),
            ("condemned", "critical"),
        )
    ]
)


def settings_of(head: LinearHead | None) -> dict[str, object]:
    assert head is not None
    return head.get_params(deep=False)


def blocks_of(head: LinearHead | None) -> dict[str, object]:
    assert head is not None
    return dict(head.features_.transformer_list)


class TestHeads:
    def test_both_tables_give_both_heads(self) -> None:
        model = fit_model(claims=CLAIMS, stances=TARGETS, name="mine")
        assert model.claim_labels == ("prediction", "background_fact")
        assert model.stance_labels == ("supportive", "neutral", "critical")
        assert (model.name, model.about["base"]) == ("mine", None)
        assert model.label_claims(CLAIMS)["claim_types"].tolist() == CLAIMS["claim_types"].tolist()
        assert model.label_stances(TARGETS)["stance"].tolist() == TARGETS["stance"].tolist()

    def test_one_table_gives_one_head(self) -> None:
        assert fit_model(claims=CLAIMS).stances is None
        assert fit_model(stances=TARGETS).claims is None

    def test_the_tables_are_left_alone(self) -> None:
        claims, stances = CLAIMS.copy(), TARGETS.copy()
        fit_model(claims=claims, stances=stances)
        pd.testing.assert_frame_equal(claims, CLAIMS)
        pd.testing.assert_frame_equal(stances, TARGETS)

    def test_any_index_will_do(self) -> None:
        index = [0] * len(CLAIMS)
        one, other = fit_model(claims=CLAIMS), fit_model(claims=CLAIMS.set_axis(index))
        assert_array_equal(one.claims.coef_, other.claims.coef_)  # type: ignore[union-attr]

    def test_fitting_again_gives_the_same_model(self) -> None:
        again = small_model.__wrapped__()
        for name in ("claims", "stances"):
            one, other = getattr(small_model(), name), getattr(again, name)
            assert_array_equal(one.coef_, other.coef_)
            assert_array_equal(one.intercept_, other.intercept_)
        assert_array_equal(small_model().claims.thresholds_, again.claims.thresholds_)
        assert small_model().stances.temperature_ == again.stances.temperature_

    def test_what_it_was_trained_on_is_kept(self) -> None:
        data = fit_model(claims=CLAIMS, stances=TARGETS).about["data"]
        assert [(entry["table"], entry["rows"]) for entry in data] == [
            ("claims", 27),
            ("stances", 27),
        ]
        assert data[0]["sha256"] == frame_digest(CLAIMS)

    def test_it_says_what_it_does(self) -> None:
        said: list[str] = []
        fit_model(claims=CLAIMS, stances=TARGETS, say=said.append)
        assert [line.split(":")[0] for line in said] == [
            "word vectors",
            "claim head",
            "stance head",
        ]

    def test_heavy_rows_count_more(self) -> None:
        muddled = TARGETS.assign(text="Kenya met Togo.", start=10, end=14)
        for heavy in ("supportive", "critical"):
            weight = np.where(muddled["stance"] == heavy, 20.0, 1.0)
            model = fit_model(stances=muddled.assign(weight=weight))
            assert set(model.label_stances(muddled)["stance"]) == {heavy}


class TestBase:
    def test_a_head_without_a_table_is_kept(self) -> None:
        base = small_model()
        model = fit_model(claims=CLAIMS, base=base)
        assert model.stances is base.stances
        assert model.about["base"] == "small"
        assert fit_model(stances=TARGETS, base=base).claims is base.claims

    def test_the_base_is_left_alone(self) -> None:
        before = small_model().claims.coef_.copy()  # type: ignore[union-attr]
        fit_model(claims=CLAIMS, base=small_model())
        assert_array_equal(small_model().claims.coef_, before)  # type: ignore[union-attr]

    def test_labels_are_those_of_the_new_table(self) -> None:
        assert retrained_model().claim_labels[-1] == "pledge"
        assert set(retrained_model().stance_labels) == set(OWN_STANCES.values())

    def test_scores_of_the_base_are_features(self) -> None:
        assert "base" in blocks_of(retrained_model().claims)
        assert "base" not in blocks_of(fit_model(claims=CLAIMS, base=Model()).claims)

    def test_its_word_vectors_are_taken_over(self) -> None:
        block = blocks_of(fit_model(claims=CLAIMS, base=small_model()).claims)["sentence"]
        assert block.vectors.n_dims == 12  # type: ignore[attr-defined]

    def test_other_vectors_go_before(self) -> None:
        vectors = WordVectors.none()
        block = blocks_of(fit_model(claims=CLAIMS, base=small_model(), vectors=vectors).claims)
        assert block["sentence"].vectors.n_dims == 0  # type: ignore[attr-defined]

    def test_a_base_with_features_of_its_own(self) -> None:
        rows = [{"text": "Rates may rise."}, {"text": "Rates rose."}] * 9
        own = FeatureUnion([("mine", PartVectorizer())])
        head = ClaimClassifier(features=own).fit(rows, [("prediction",), ()] * 9)
        model = fit_model(claims=CLAIMS, base=Model(claims=head))
        assert model.claim_labels == ("prediction", "background_fact")

    def test_a_base_helps_where_there_are_few_rows(self) -> None:
        rows = some(all_stances(), every=30, first=1)
        rows = rows[rows["stance"].isin(["supportive", "critical"])]
        unseen = some(all_stances(), every=9, first=2)
        unseen = unseen[unseen["stance"].isin(["supportive", "critical"])]
        n_right = [
            (
                fit_model(stances=rows, base=base).label_stances(unseen)["stance"]
                == unseen["stance"]
            ).sum()
            for base in (None, small_model())
        ]
        assert n_right[1] > n_right[0]


class TestSearch:
    def test_settings_are_picked_from_the_grid(self) -> None:
        model = fit_model(claims=CLAIMS, stances=TARGETS, search={"C": [0.01, 7.0]})
        for head in (model.claims, model.stances):
            assert settings_of(head)["C"] in {0.01, 7.0}

    def test_the_better_setting_is_picked(self) -> None:
        model = fit_model(stances=some(all_stances(), every=10), search={"C": [1e-6, 2.0]})
        assert settings_of(model.stances)["C"] == 2.0

    def test_the_searched_head_is_calibrated_as_any_other(self) -> None:
        searched = settings_of(fit_model(stances=TARGETS, search={"C": [1.0, 2.0]}).stances)
        plain = settings_of(fit_model(stances=TARGETS).stances)
        assert searched["n_folds"] == plain["n_folds"] > 1

    def test_few_documents_are_not_searched(self) -> None:
        few = TARGETS[TARGETS["doc_id"] < "d8"]
        assert settings_of(fit_model(stances=few, search={"C": [0.01]}).stances)["C"] != 0.01
        assert settings_of(fit_model(stances=TARGETS, search={"C": [0.01]}).stances)["C"] == 0.01

    @pytest.mark.parametrize("n_documents", [1, 2])
    def test_a_label_of_few_documents_is_no_fault(self, n_documents: int) -> None:
        rare = CLAIMS["doc_id"].lt(f"d{n_documents}")
        claims = CLAIMS.assign(claim_types=CLAIMS["claim_types"].where(rare, ""))
        stances = TARGETS.assign(
            stance=TARGETS["stance"].where(TARGETS["doc_id"].lt(f"d{n_documents}"), "neutral")
        )
        model = fit_model(claims=claims, stances=stances, search={"C": [0.5, 5.0]})
        assert model.claim_labels == ("prediction", "background_fact")
        assert len(model.stance_labels) == 3

    @pytest.mark.slow
    def test_processes_change_nothing(self) -> None:
        claims = some(all_claims(), every=6)
        one, two = (
            fit_model(claims=claims, search={"C": [2.0, 20.0]}, n_jobs=n) for n in (None, 2)
        )
        assert settings_of(one.claims)["C"] == settings_of(two.claims)["C"]
        assert_array_equal(one.claims.coef_, two.claims.coef_)  # type: ignore[union-attr]


class TestFaults:
    @pytest.mark.parametrize(
        ("tables", "message"),
        [
            ({}, "expected claims, stances or relations to train on; found none"),
            ({"claims": CLAIMS.assign(claim_types="")}, "expected rows with claim types"),
            ({"claims": CLAIMS[:0]}, "expected rows with claim types"),
            ({"stances": TARGETS[:0]}, "at least two stances to tell apart; found none"),
            (
                {"claims": CLAIMS, "stances": TARGETS.assign(stance="neutral")},
                "at least two stances to tell apart; found neutral",
            ),
            ({"claims": CLAIMS.assign(weight="heavy")}, "numbers of 0 or more, .* found 'heavy'"),
            ({"stances": TARGETS.assign(weight=-1.0)}, r"numbers of 0 or more, .* found -1\.0"),
            ({"stances": TARGETS.assign(weight=np.nan)}, "numbers of 0 or more, .* found nan"),
            ({"stances": TARGETS.assign(weight=0)}, "not all 0; found 0"),
        ],
    )
    def test_bad_tables_are_refused_before_anything_is_trained(
        self, tables: dict[str, pd.DataFrame], message: str
    ) -> None:
        said: list[str] = []
        with pytest.raises(InputError, match=message):
            fit_model(**tables, say=said.append)
        assert said == []

    def test_weights_may_be_text(self) -> None:
        as_text = fit_model(stances=TARGETS.assign(weight="0.5"))
        as_numbers = fit_model(stances=TARGETS.assign(weight=0.5))
        assert_array_equal(as_text.stances.coef_, as_numbers.stances.coef_)  # type: ignore[union-attr]


class TestTinyTables:
    @pytest.mark.parametrize("n_documents", [1, 2])
    def test_few_documents(self, n_documents: int) -> None:
        claims = CLAIMS[CLAIMS["doc_id"] < f"d{n_documents}"]
        stances = TARGETS[TARGETS["doc_id"] < f"d{n_documents}"]
        model = fit_model(claims=claims, stances=stances)
        assert model.label_claims(claims)["prediction"].between(0, 1).all()
        assert model.label_stances(stances)["stance"].isin(model.stance_labels).all()

    def test_a_single_sentence(self) -> None:
        model = fit_model(claims=CLAIMS[:1])
        assert model.label_claims(CLAIMS[:1])["claim_types"].tolist() == ["prediction"]

    def test_one_type_alone(self) -> None:
        model = fit_model(claims=CLAIMS[CLAIMS["claim_types"] == "prediction"])
        assert model.label_claims(CLAIMS[:1])["claim_types"].tolist() == ["prediction"]


class TestDigest:
    def test_any_cell_and_the_order_of_rows_change_it(self) -> None:
        digest = frame_digest(CLAIMS)
        assert digest == frame_digest(CLAIMS.copy())
        changed = CLAIMS.copy()
        changed.loc[3, "text"] += " "
        assert len({digest, frame_digest(changed), frame_digest(CLAIMS[::-1])}) == 3

    def test_the_index_does_not(self) -> None:
        assert frame_digest(CLAIMS) == frame_digest(CLAIMS.set_axis(range(5, 32)))

    def test_odd_letters(self) -> None:
        frame = pd.DataFrame({"text": ["\ud800", "\x00", *SENTENCES]})
        assert len(frame_digest(frame)) == 64
