from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from models import all_claims, retrained_model, small_model, some
from strategies import any_text

from stancekit.article import Article
from stancekit.classify.documents import DocumentClassifier
from stancekit.fit import fit_model
from stancekit.labels import STANCES
from stancekit.model import Model
from stancekit.store import load

TEXT = """Kenya condemned Togo for the attack

LOME - Kenya condemned Togo on Monday. Storms crossed the Sahara.
Togo was blamed for the deadly raid, officials said. Peru sent a delegation.
"""


@cache
def head() -> DocumentClassifier:
    sides = {"supportive": (0.6, 0.1), "neutral": (0.1, 0.1), "critical": (0.1, 0.6)}
    rows = [
        np.array([[*sides[name], 0, 0, 0, 1]] * n, dtype=np.float64)
        for n in range(1, 9)
        for name in STANCES
    ]
    return DocumentClassifier(C=1.0, n_draws=50).fit(rows, list(STANCES) * 8)


@cache
def model() -> Model:
    small = small_model()
    return Model(claims=small.claims, stances=small.stances, documents=head(), name="judge")


@cache
def article() -> Article:
    return model().analyze(TEXT)


def test_every_judged_actor_has_one_in_the_order_of_actors() -> None:
    judged = [one.actor for one in article().document_stances]
    assert judged == [actor for actor in article().actors if actor.kind != "place"]
    assert {actor.name for actor in judged} >= {"Kenya", "Togo", "Peru"}
    assert "Sahara" not in {actor.name for actor in judged}


def test_it_says_what_the_head_says_of_the_sentences() -> None:
    for one in article().document_stances:
        stances = [stance for stance in article().stances if stance.actor == one.actor]
        assert one.n_sentences == len(stances)
        assert sum(one.probabilities.values()) == pytest.approx(1.0)
        assert one.confidence == max(one.probabilities.values())
        support, criticism = (one.probabilities[name] for name in ("supportive", "critical"))
        assert one.score == pytest.approx(support - criticism)
        assert one.low <= one.score <= one.high
        assert set(one.evidence) <= {stance.sentence for stance in stances}


def test_the_condemned_are_judged_worse_than_those_who_are_merely_named() -> None:
    score = {one.actor.name: one.score for one in article().document_stances}
    assert score["Togo"] < score["Peru"]


def test_evidence_is_the_sentences_that_speak_for_the_label() -> None:
    (togo,) = (one for one in article().document_stances if one.actor.name == "Togo")
    assert togo.label == "critical"
    about = [one for one in article().stances if one.actor == togo.actor]
    said = {one.sentence: one.probabilities["critical"] for one in about}
    assert togo.evidence[0] == max(said, key=lambda at: said[at])


def test_priors_are_of_sentences() -> None:
    priors = {"supportive": 0.05, "neutral": 0.9, "critical": 0.05}
    moved = model().analyze(TEXT, priors=priors)
    assert moved.stances != article().stances
    assert moved.document_stances == article().document_stances


def test_only_the_named_actors_are_judged() -> None:
    (one,) = model().analyze(TEXT, actors=["Togo"]).document_stances
    assert one.actor.name == "Togo"


@settings(max_examples=25, deadline=None)
@given(any_text)
def test_any_text_among_others_is_judged_as_alone(text: str) -> None:
    _, found = model().analyze_many([TEXT, text])
    alone = model().analyze(text)
    assert [one.actor for one in found.document_stances] == [
        one.actor for one in alone.document_stances
    ]
    for one, other in zip(found.document_stances, alone.document_stances, strict=True):
        assert one.probabilities == pytest.approx(other.probabilities)
        assert (one.low, one.high) == pytest.approx((other.low, other.high))


def test_without_the_head_there_are_none() -> None:
    assert small_model().analyze(TEXT).document_stances == ()
    assert Model(claims=small_model().claims, documents=head()).analyze(TEXT).stances == ()


def test_stances_of_the_users_own_are_not_judged() -> None:
    own = Model(stances=retrained_model().stances, documents=head())
    found = own.analyze(TEXT)
    assert found.stances
    assert found.document_stances == ()


def test_a_saved_model_judges_the_same(tmp_path: Path) -> None:
    loaded = load(model().save(tmp_path / "judge"))
    assert loaded.analyze(TEXT) == article()
    assert "article and actor" in (tmp_path / "judge" / "README.md").read_text("utf-8")


def test_it_is_taken_over_by_a_model_that_starts_from_another() -> None:
    started = fit_model(claims=some(all_claims(), every=24), base=model())
    assert started.documents is model().documents


def test_articles_with_them_can_be_copied() -> None:
    assert pickle.loads(pickle.dumps(article())) == article()
