from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import retrained_model, small_model
from strategies import any_text

from stancekit.actors import ActorFinder
from stancekit.article import Article
from stancekit.batch import label_articles
from stancekit.parse import parse_article, parse_sentences
from stancekit.quotes import Speech
from stancekit.records import Actor, Mention, Relation, Stance
from stancekit.results import mean_by_row, relations_of, stance_records, with_labels

FINDER = ActorFinder()
KENYA, TOGO = Actor("ke", "Kenya", "country"), Actor("tg", "Togo", "country")
LABELS = ("supportive", "neutral", "critical")
NEWS = "Kenya condemned Togo in Lome.\nRelated Posts\nKenya slams Togo again\n"


def labelled(*texts: str) -> list[Article]:
    parsed = [parse_article(text, finder=FINDER) for text in texts]
    model = small_model()
    return label_articles(parsed, claims=model.claims, stances=model.stances)


@settings(max_examples=25)
@given(st.lists(any_text, max_size=4))
def test_articles_are_labelled_as_if_alone(texts: list[str]) -> None:
    assert labelled(*texts) == [labelled(text)[0] for text in texts]


def test_no_articles() -> None:
    assert labelled() == []


def test_boilerplate_gets_no_labels() -> None:
    (article,) = labelled(NEWS)
    roles = [sentence.role for sentence in article.sentences]
    assert roles == ["body", "boilerplate", "boilerplate"]
    for sentence in article.sentences[1:]:
        assert (sentence.claims, sentence.claim_types, sentence.speaker) == ({}, (), None)
    assert {stance.sentence for stance in article.stances} == {0}


@pytest.mark.parametrize("names", [["Kenya"], ["slams Togo"]])
def test_boilerplate_gets_no_stance_even_toward_a_named_actor(names: list[str]) -> None:
    article = small_model().analyze(NEWS, actors=names)
    assert {stance.sentence for stance in article.stances} <= {0}


def test_places_are_not_judged() -> None:
    (article,) = labelled("Storms hit the Sahara. Kenya sent help to the Sahara.")
    assert "place" in {actor.kind for actor in article.actors}
    assert {stance.actor.kind for stance in article.stances} == {"country"}


def test_without_heads_nothing_is_labelled_but_speakers() -> None:
    parsed = parse_article("“It is over,” Kenya said.", finder=FINDER)
    (article,) = label_articles([parsed], claims=None, stances=None)
    assert article.stances == article.relations == ()
    assert article.sentences[0].claims == {}
    assert article.sentences[0].speaker is not None


def test_own_labels_are_those_of_the_records() -> None:
    article = retrained_model().analyze("Kenya condemned Togo. Togo will not yield.")
    assert list(article.sentences[0].claims)[-1] == "pledge"
    assert {tuple(stance.probabilities) for stance in article.stances} == {("anti", "mixed", "pro")}


def mention(start: int, actor: Actor, sentence: int = 0) -> tuple[Mention, Actor]:
    end = start + len(actor.name)
    return Mention(start, end, actor.name, sentence, actor.name, actor.kind), actor


def test_mentions_of_one_sentence_are_averaged() -> None:
    targets = [mention(20, TOGO), mention(0, KENYA), mention(40, TOGO)]
    rows = np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.0, 0.1, 0.9]])
    kenya, togo = stance_records([Speech()], targets, rows, LABELS)
    assert (kenya.actor, kenya.label, kenya.start) == (KENYA, "neutral", 0)
    assert (togo.actor, togo.label, togo.start, togo.end) == (TOGO, "critical", 20, 24)
    assert list(togo.probabilities.values()) == pytest.approx([0.3, 0.2, 0.5])


def test_sentences_are_judged_apart() -> None:
    targets = [mention(0, TOGO), mention(30, TOGO, sentence=1)]
    found = stance_records([Speech()] * 2, targets, np.eye(3)[[0, 2]], LABELS)
    assert [(stance.sentence, stance.label) for stance in found] == [(0, LABELS[0]), (1, LABELS[2])]


def test_the_speaker_holds_the_stance_but_not_toward_himself() -> None:
    targets = [mention(0, KENYA), mention(20, TOGO)]
    speech = [Speech(speaker=KENYA, status="official")]
    kenya, togo = stance_records(speech, targets, np.eye(3)[[1, 2]], LABELS)
    assert (kenya.holder, togo.holder) == (None, KENYA)


def stance(label: str, holder: Actor | None, sentence: int | None = 0) -> Stance:
    return Stance(sentence, TOGO, label, {label: 0.8}, holder, 0, 4)


def test_relations_are_sides_that_a_known_holder_takes() -> None:
    stances = [
        stance("critical", KENYA),
        stance("neutral", KENYA),
        stance("critical", None),
        stance("critical", KENYA, sentence=None),
    ]
    assert relations_of(stances) == (Relation(KENYA, TOGO, "critical", 0.8, 0),)
    assert relations_of([stance("meh", KENYA)], neutral="meh") == ()


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), max_size=9))
def test_mean_by_row(cells: list[tuple[int, float]]) -> None:
    rows = [0, 1, 2, 3, 4, *(row for row, _ in cells)]
    values = [0.5] * 5 + [value for _, value in cells]
    found = mean_by_row(np.array(values)[:, None], rows, 5)
    for row in range(5):
        own = [value for at, value in zip(rows, values, strict=True) if at == row]
        assert found[row, 0] == pytest.approx(np.mean(own))


def test_labels_join_a_frame_with_any_index() -> None:
    frame = pd.DataFrame({"text": ["a", "b"]}, index=["x", "x"])
    values = np.array([[0.1, 0.9], [0.8, 0.2]])
    found = with_labels(frame, ["p", "q"], values, "best", ["q", "p"])
    assert found.to_dict("list") == {
        "text": ["a", "b"],
        "p": [0.1, 0.8],
        "q": [0.9, 0.2],
        "best": ["q", "p"],
    }
    assert found.index.tolist() == ["x", "x"]
    assert list(frame.columns) == ["text"]


@given(st.lists(st.sampled_from(["", " ", "Kenya won.", "한국"]), max_size=5), st.booleans())
def test_sentences_of_a_table_keep_their_places(texts: list[str], has_headline: bool) -> None:
    article = parse_sentences(texts, finder=FINDER, has_headline=has_headline)
    assert [sentence.text for sentence in article.sentences] == [text or " " for text in texts]
    for sentence in article.sentences:
        assert article.text[sentence.start : sentence.end] == sentence.text
    roles = ["headline" if has_headline and at == 0 else "body" for at in range(len(texts))]
    assert [sentence.role for sentence in article.sentences] == roles


@pytest.mark.parametrize(("text", "n_notes"), [("", 1), (" \n ", 1), ("Rates rose.", 0)])
def test_an_article_says_that_it_has_no_text(text: str, n_notes: int) -> None:
    notes = parse_article(text, finder=FINDER).notes
    assert len(notes) == n_notes
    assert all(note.startswith("no text") for note in notes)
