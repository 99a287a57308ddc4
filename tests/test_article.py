from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import get_args

import pytest

from stancekit.article import Article, Explanation, View
from stancekit.errors import InputError, StancekitError
from stancekit.labels import CLAIM_TYPES, STANCES
from stancekit.records import (
    Actor,
    DocumentStance,
    Mention,
    Quotation,
    Relation,
    Sentence,
    Stance,
)

TEXT = "Falk said Kenya would win. Peru lost."
CLAIMS = dict.fromkeys(CLAIM_TYPES, 0.25)
STANCE = dict.fromkeys(STANCES, 1 / 3)


def actor(name: str, *starts: int) -> Actor:
    mentions = tuple(Mention(at, at + len(name), name, at // 27, name, "country") for at in starts)
    return Actor(name.lower(), name, "country", mentions=mentions)


KENYA, PERU, FALK = actor("Kenya", 10), actor("Peru", 27), actor("Falk", 0)
ARTICLE = Article(
    TEXT,
    sentences=(
        Sentence(0, 26, 0, TEXT[:26], 0, claims=CLAIMS, speaker=FALK),
        Sentence(27, 37, 1, TEXT[27:], 0, claims=CLAIMS),
    ),
    actors=(KENYA, PERU, FALK),
    quotations=(Quotation(10, 25, direct=False, speaker=FALK, cue="said"),),
    stances=(
        Stance(0, KENYA, "supportive", STANCE, FALK, 10, 15),
        Stance(1, PERU, "critical", STANCE, None, 27, 31),
    ),
    relations=(Relation(FALK, KENYA, "supportive", 0.8, 0),),
    document_stances=(
        DocumentStance(PERU, "critical", STANCE | {"critical": 0.6}, -0.3, -0.7, 0.1, 2, (1, 0)),
    ),
)


class Asked:
    """Answers with what it was asked."""

    def explain_article(
        self, article: Article, *, sentence: int, claim: str | None, actor: str | None
    ) -> Explanation:
        return Explanation(f"{article.text[:4]} {sentence} {claim} {actor}", 0.0, 0.0, (), {})


@pytest.mark.parametrize("view", get_args(View))
def test_a_view_has_the_same_columns_with_and_without_rows(view: View) -> None:
    full, empty = ARTICLE.to_frame(view), Article("").to_frame(view)
    assert list(full.columns) == list(empty.columns)
    records = ARTICLE.document_stances if view == "documents" else getattr(ARTICLE, view)
    assert len(full) == len(records) > len(empty) == 0


def test_documents_show_their_evidence_the_strongest_first() -> None:
    row = ARTICLE.to_frame("documents").iloc[0]
    assert (row["actor"], row["confidence"], row["score"]) == ("Peru", 0.6, -0.3)
    assert row["sentences"] == "1|0"
    assert row["evidence"] == f"{TEXT[27:]}\n{TEXT[:26]}"


def test_views_keep_the_order_of_the_text() -> None:
    assert ARTICLE.to_frame()["text"].tolist() == [TEXT[:26], TEXT[27:]]
    assert ARTICLE.to_frame("quotations")["content"].tolist() == ["Kenya would win"]
    assert ARTICLE.to_frame("stances")["actor"].tolist() == ["Kenya", "Peru"]


def test_own_labels_are_columns() -> None:
    sentence = Sentence(0, 5, 0, "Kenya", 0, claims={"rumour": 0.5}, claim_types=("rumour",))
    frame = Article("Kenya", sentences=(sentence,)).to_frame()
    assert frame.columns[-1] == "rumour"
    assert frame["claim_types"].tolist() == ["rumour"]


def test_unknown_view() -> None:
    with pytest.raises(InputError, match=r"out of sentences, actors, .*; found 'claims'"):
        ARTICLE.to_frame("claims")  # type: ignore[arg-type]


def test_mentions_are_in_text_order() -> None:
    assert [mention.text for mention in ARTICLE.mentions] == ["Falk", "Kenya", "Peru"]


def test_stances_of_a_sentence() -> None:
    assert [stance.actor for stance in ARTICLE.stances_of(1)] == [PERU]
    assert ARTICLE.stances_of(7) == ()


def test_explain_asks_the_model() -> None:
    article = ARTICLE.with_explainer(Asked())
    assert article.explain(sentence=1, claim="prediction").label == "Falk 1 prediction None"
    assert article.explain(sentence=0, actor="Kenya").label == "Falk 0 None Kenya"
    assert article == ARTICLE


@pytest.mark.parametrize("question", [{}, {"claim": "prediction", "actor": "Kenya"}])
def test_explain_takes_one_question(question: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"either claim=.* or actor=.*; found neither or both$"):
        ARTICLE.with_explainer(Asked()).explain(sentence=0, **question)


@pytest.mark.parametrize(
    "copied", [lambda article: pickle.loads(pickle.dumps(article)), copy.deepcopy]
)
def test_a_copy_is_equal_but_has_no_model(copied: Callable[[Article], Article]) -> None:
    article = copied(ARTICLE.with_explainer(Asked()))
    assert article == ARTICLE
    with pytest.raises(StancekitError, match=r"no model to ask .* analyse its text again"):
        article.explain(sentence=0, claim="prediction")
