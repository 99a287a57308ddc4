from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import all_claims, all_stances, retrained_model, small_model, some
from sklearn.pipeline import FeatureUnion
from strategies import claim_frames, stance_frames

from stancekit.article import Explanation
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.linear import LinearHead
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_sentences, describe_targets
from stancekit.features.vectorizer import PartVectorizer
from stancekit.model import Model

TOLERANCE = 1e-4
MODELS = {"from nothing": small_model, "from a base": retrained_model}
models = st.sampled_from(sorted(MODELS)).map(lambda name: MODELS[name]())


def rows_of(frame: pd.DataFrame, model: Model) -> Sequence[dict[str, Any]]:
    describe = describe_targets if "start" in frame else describe_sentences
    return as_rows(describe(frame, model.finder))


def explanations(head: LinearHead, row: dict[str, Any]) -> Iterator[tuple[Explanation, float]]:
    for label, score in zip(head.classes_, head.decision_function([row])[0], strict=True):
        yield head.explain(row, label), float(score)


def check(head: LinearHead | None, rows: Sequence[dict[str, Any]]) -> None:
    assert head is not None
    for row in rows:
        for why, score in explanations(head, row):
            words = sum(value for _, _, _, value in why.tokens)
            assert all(
                type(value) is float for value in (why.logit, why.bias, *why.context.values())
            )
            assert why.bias + words + sum(why.context.values()) == pytest.approx(why.logit)
            assert why.logit == pytest.approx(score, abs=TOLERANCE)
            assert all(row["text"][start:end] == word for word, start, end, _ in why.tokens)


@settings(max_examples=20)
@given(claim_frames(min_size=1), models)
def test_claims_of_any_text(frame: pd.DataFrame, model: Model) -> None:
    check(model.claims, rows_of(frame, model))


@settings(max_examples=20)
@given(stance_frames(min_size=1), models)
def test_stances_of_any_text(frame: pd.DataFrame, model: Model) -> None:
    check(model.stances, rows_of(frame, model))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_claims_of_articles(name: str) -> None:
    model = MODELS[name]()
    check(model.claims, rows_of(some(all_claims(), every=46, first=2), model))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_stances_of_articles(name: str) -> None:
    model = MODELS[name]()
    check(model.stances, rows_of(some(all_stances(), every=46, first=2), model))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(MODELS))
def test_many_articles(name: str) -> None:
    model = MODELS[name]()
    check(model.claims, rows_of(some(all_claims(), every=5, first=3), model))
    check(model.stances, rows_of(some(all_stances(), every=5, first=3), model))


def test_the_words_of_the_sentence_are_the_tokens() -> None:
    model = small_model()
    row = {"text": "Rates may rise.", "position": 0, "n_sentences": 1}
    why = model.claims.explain(row, "prediction")  # type: ignore[union-attr]
    assert [word for word, *_ in why.tokens] == ["Rates", "may", "rise", "."]
    assert why.tokens[1][3] > 0


def test_what_is_no_word_is_context() -> None:
    frame = pd.DataFrame({"doc_id": ["d"] * 2, "text": ["Rates may rise.", "So be it."]})
    model = small_model()
    why = model.claims.explain(rows_of(frame, model)[0], "prediction")  # type: ignore[union-attr]
    assert {"length", "place=0", "role=body", "after=so"} <= set(why.context)


def test_a_base_is_explained_by_its_words_and_its_context() -> None:
    frame = pd.DataFrame({"doc_id": ["d"] * 2, "text": ["Rates may rise.", "So be it."]})
    model = retrained_model()
    why = model.claims.explain(rows_of(frame, model)[0], "prediction")  # type: ignore[union-attr]
    assert {"base prediction", "base background_fact", "role=body"} <= set(why.context)
    assert all(value for *_, value in why.tokens)


def test_features_without_weights_are_explained_too() -> None:
    rows = [{"text": "Rates may rise."}, {"text": "Rates rose."}] * 9
    blocks = [(name, PartVectorizer(analyzer=name)) for name in ("sentence", "speech")]
    for weights in (None, {"sentence": 0.5}):
        features = FeatureUnion(blocks, transformer_weights=weights)
        check(ClaimClassifier(features=features).fit(rows, [("prediction",), ()] * 9), rows[:2])
