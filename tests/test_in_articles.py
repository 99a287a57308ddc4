"""Targets and pairs in tables are judged in their articles as `analyze` judges them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from models import claims_of, small_model
from numpy import array_equal
from numpy.testing import assert_allclose, assert_array_equal
from readers import CountingEncoder, encoder_model, targets_of, tiny_encoder

from stancekit.errors import TableError
from stancekit.evaluation import evaluate
from stancekit.fit import fit_model
from stancekit.model import Model

STANCES = ["supportive", "neutral", "critical"]
TEXTS = [
    "Harbour talks fail",
    "“We will not yield to Togo,” Kenya's foreign minister said on Monday.",
    "“Togo has broken its word.”",
    "Kenya condemned Togo.",
    "Peru praised Togo for its calm.",
]
CLAIMS = pd.DataFrame(
    {"doc_id": "d", "sentence_id": ["H", "S1", "S2", "S3", "S4"], "text": TEXTS, "claim_types": ""}
)
MODELS = {"lexical": small_model, "encoder": encoder_model}


def labelled_targets() -> pd.DataFrame:
    """Build a stances table from the article: Togo in each of its sentences but the headline."""
    rows = CLAIMS.iloc[1:].drop(columns="claim_types")
    starts = rows["text"].str.index("Togo")
    labels = ["critical", "critical", "critical", "supportive"]
    return rows.assign(start=starts, end=starts + 4, actor="Togo", stance=labels)


@pytest.mark.parametrize("which", MODELS)
def test_a_table_is_labelled_as_the_article_is(which: str) -> None:
    model = MODELS[which]()
    article = model.analyze(TEXTS[0] + "\n" + " ".join(TEXTS[1:]))
    assert [sentence.text for sentence in article.sentences] == TEXTS
    judged = [(one.sentence, one.actor.name, one.probabilities) for one in article.stances]
    rows = [CLAIMS.loc[at].to_dict() | {"actor": name} for at, name, _ in judged]
    found = model.label_stances(pd.DataFrame(rows), context=CLAIMS)
    expected = [list(probabilities.values()) for *_, probabilities in judged]
    assert len(expected) >= 4
    assert_allclose(found[STANCES], expected, atol=1e-5)


def test_without_a_context_each_text_is_alone() -> None:
    encoder = CountingEncoder()
    model = Model(stances=encoder_model().stances, encoder=encoder)
    alone = model.label_stances(labelled_targets())
    assert encoder.asked == [[text] for text in TEXTS[1:]]
    within = model.label_stances(labelled_targets(), context=CLAIMS)
    assert encoder.asked[4:] == [TEXTS]
    assert (alone[STANCES] - within[STANCES]).abs().to_numpy().max() > 1e-4


def test_a_context_needs_ids_on_both_sides() -> None:
    frame = targets_of((TEXTS[3], 16, 20))
    with pytest.raises(TableError, match=r"doc_id +expected this column"):
        encoder_model().label_stances(frame, context=CLAIMS)
    with pytest.raises(TableError, match=r"context frame.*\n +.*sentence_id +expected this column"):
        encoder_model().label_stances(
            labelled_targets(), context=CLAIMS.drop(columns="sentence_id")
        )


def test_a_row_whose_article_says_something_else_is_no_lone_row() -> None:
    frame = labelled_targets()
    frame.loc[frame.index[1], "text"] = "“Togo broke its word.”"
    with pytest.raises(TableError, match=r"2 +text +expected .*has broken.* as in the context"):
        encoder_model().label_stances(frame, context=CLAIMS)


def test_a_context_is_its_three_columns() -> None:
    model, table = encoder_model(), labelled_targets()
    plain = model.label_stances(table, context=CLAIMS)
    more = CLAIMS.assign(read_with=CLAIMS["sentence_id"], note="kept apart")
    pd.testing.assert_frame_equal(model.label_stances(table, context=more), plain)


def test_heads_are_fitted_to_what_analyze_sees_and_to_lone_rows() -> None:
    encoder = CountingEncoder()
    claims = CLAIMS.assign(claim_types=["", "official_statement", "", "", ""])
    model = fit_model(claims=claims, stances=labelled_targets(), encoder=encoder)
    assert encoder.asked == [TEXTS, TEXTS, *([text] for text in TEXTS[1:])]
    assert model.stances is not None
    other = claims_of(("e", "Rain fell.", "background_fact"), ("e", "Rates may rise.", ""))
    alone = fit_model(claims=other, stances=labelled_targets(), encoder=tiny_encoder())
    given = fit_model(
        claims=other, stances=labelled_targets(), context=CLAIMS, encoder=tiny_encoder()
    )
    assert_array_equal(given.stances.coef_, model.stances.coef_)  # type: ignore[union-attr]
    assert not array_equal(alone.stances.coef_, model.stances.coef_)  # type: ignore[union-attr]


def test_a_target_that_cannot_be_read_is_named_once_by_its_own_row() -> None:
    rows = CLAIMS.iloc[1:].assign(text=[*TEXTS[1:4], "Peru praised \u200b."], start=0, end=3)
    bad = rows.assign(actor="Togo", stance=["critical", "critical", "neutral", "supportive"])
    bad.loc[bad.index[3], ["start", "end"]] = [13, 14]
    claims = CLAIMS.iloc[:4].assign(claim_types="prediction")
    with pytest.raises(TableError) as raised:
        fit_model(claims=claims, stances=bad, encoder=tiny_encoder())
    assert [(one.row, one.column) for one in raised.value.rows] == [(4, "start, end")]
    assert raised.value.n_rows == 4


def test_relations_are_fitted_and_labelled_in_their_article() -> None:
    encoder = CountingEncoder()
    rows = CLAIMS.iloc[[3, 4]].assign(
        holder_start=0, holder_end=[5, 4], target_start=[16, 13], target_end=[20, 17]
    )
    table = rows.assign(stance=["critical", "supportive"])
    model = fit_model(relations=table, context=CLAIMS, encoder=encoder)
    assert encoder.asked == [TEXTS, [TEXTS[3]], [TEXTS[4]]]
    article = model.analyze(TEXTS[0] + "\n" + " ".join(TEXTS[1:]))
    labelled = model.label_relations(rows, context=CLAIMS)
    assert labelled["stance"].tolist() == ["critical", "supportive"]
    found = {
        (one.sentence, one.target.name): one.probability
        for one in article.relations
        if one.holder and one.holder.name in ("Kenya", "Peru")
    }
    assert found[3, "Togo"] == pytest.approx(labelled["critical"].iloc[0], abs=1e-5)
    assert found[4, "Togo"] == pytest.approx(labelled["supportive"].iloc[1], abs=1e-5)


class TestEvaluation:
    def test_stances_are_scored_in_their_articles(self) -> None:
        encoder = CountingEncoder()
        base = encoder_model()
        model = Model(claims=base.claims, stances=base.stances, encoder=encoder)
        claims = CLAIMS.assign(claim_types="prediction")
        scored = evaluate(model, claims=claims, stances=labelled_targets(), n_bootstrap=0)
        assert encoder.asked == [TEXTS, TEXTS]
        within = model.label_stances(labelled_targets(), context=CLAIMS)
        share = (within["stance"] == labelled_targets()["stance"]).mean()
        assert scored.score("stances", "accuracy") == pytest.approx(share)
        encoder.asked.clear()
        evaluate(model, stances=labelled_targets(), n_bootstrap=0)
        assert encoder.asked == [[text] for text in TEXTS[1:]]

    def test_a_labeller_that_takes_no_context_is_given_none(self) -> None:
        class Plain:
            name, claim_labels, stance_labels = "plain", (), ("critical", "supportive")

            def label_claims(self, frame: pd.DataFrame) -> pd.DataFrame:
                return frame.assign(claim_types="")

            def label_stances(self, frame: pd.DataFrame) -> pd.DataFrame:
                return frame.assign(critical=0.9, supportive=0.1, stance="critical")

        claims = CLAIMS.assign(claim_types="prediction")
        scored = evaluate(Plain(), claims=claims, stances=labelled_targets(), n_bootstrap=0)
        assert scored.score("stances", "accuracy") == 0.75

    def test_no_label_is_shown_with_the_context(self) -> None:
        seen: list[Any] = []

        class Nosy:
            name, claim_labels, stance_labels = "nosy", (), ("critical", "supportive")
            takes_context = True

            def label_claims(self, frame: pd.DataFrame) -> pd.DataFrame:
                return frame.assign(claim_types="")

            def label_stances(self, frame: pd.DataFrame, *, context: pd.DataFrame) -> pd.DataFrame:
                seen.extend([tuple(frame), tuple(context)])
                return frame.assign(critical=0.9, supportive=0.1, stance="critical")

        claims = CLAIMS.assign(claim_types="prediction")
        evaluate(Nosy(), claims=claims, stances=labelled_targets(), n_bootstrap=0)
        sentence = ("doc_id", "sentence_id", "text")
        assert seen == [(*sentence, "start", "end"), sentence]
