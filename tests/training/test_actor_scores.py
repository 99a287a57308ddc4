from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import tiny_encoder

from stancekit.actors import ActorFinder
from stancekit.evaluation.bootstrap import Sampling
from training.actor_scores import (
    marked_spans,
    news_articles,
    resolved_pairs,
    score_entities,
    score_mentions,
    score_resolution,
)
from training.articles import MarkedArticle, parse_sentence
from training.spans import b_cubed, span_score
from training.taggers import KINDS, Named, fit_entity_tagger, read_entities, read_texts

ONCE = Sampling(0, seed=0)
LINES = ("[Ida Falk] met [Togo].", "[Falk=Ida Falk] left.", "Then [Oslo=Norway] wept.")


def article() -> MarkedArticle:
    sentences = tuple(
        parse_sentence(line, f"S{at}", paragraph=at // 2) for at, line in enumerate(LINES)
    )
    actors = (("Ida Falk", "person", ""), ("Togo", "country", ""), ("Norway", "country", ""))
    return MarkedArticle("one", {}, actors, sentences)


pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8)


@given(st.lists(pairs, min_size=1, max_size=3))
def test_b_cubed_is_the_mean_over_mentions(documents: list[list[tuple[int, int]]]) -> None:
    precise, complete = [], []
    for document in documents:
        for gold, found in document:
            together = [a == gold for a, b in document if b == found]
            precise.append(np.mean(together))
            complete.append(np.mean([b == found for a, b in document if a == gold]))
    score = b_cubed(documents, ONCE)
    assert score.precision == pytest.approx(np.mean(precise))
    assert score.recall == pytest.approx(np.mean(complete))
    assert score.n == len(precise)


def test_spans_count_by_border_and_kind() -> None:
    gold = [[(0, 3, "person"), (5, 8, "misc")], [(0, 4, "person")]]
    found = [[(0, 3, "person"), (5, 8, "person")], [(0, 3, "person")]]
    score = span_score(gold, found, ["person"], ONCE)
    assert (score.precision, score.recall, score.n) == (pytest.approx(1 / 3), 0.5, 2)
    assert np.isnan(score.low)
    none = span_score(gold, found, ["place"], ONCE)
    assert (none.precision, none.recall, none.value) == (0.0, 0.0, 0.0)


def test_intervals_hold_the_score() -> None:
    gold = [[(0, 3, "person")]] * 50
    found = [[(0, 3 + at % 2, "person")] for at in range(50)]
    score = span_score(gold, found, ["person"], Sampling(200, seed=1))
    assert score.low < score.value == 0.5 < score.high


def test_marked_spans_lie_in_the_text() -> None:
    one = article()
    words = [one.text[start:end] for start, end, _ in marked_spans(one)]
    assert words == ["Ida Falk", "Togo", "Falk", "Oslo"]


def test_resolution_pairs_gold_with_found() -> None:
    gold, found = zip(*resolved_pairs(article(), ActorFinder(), None), strict=True)
    assert gold == ("Ida Falk", "Togo", "Ida Falk", "Norway")
    assert found[0] == found[2] != found[1]
    assert score_resolution([article()], ActorFinder(), None, ONCE).recall == 1.0


def test_a_missed_mention_is_an_actor_of_its_own() -> None:
    one = article()
    lost = MarkedArticle(
        "two", {}, one.actors, (parse_sentence("[it=Togo] and [it=Togo].", "S", 0),)
    )
    found = [name for _, name in resolved_pairs(lost, ActorFinder(), None)]
    assert len(set(found)) == 2


def test_articles_begin_at_headlines() -> None:
    texts = [
        *("SNOW - FALK WINS .", "OSLO 1996-08-22", "Falk won ."),
        *("RAIN - TOGO FALLS .", "Ana Ruiz", "LOME 1996-08-23", "Togo fell .", "It rained ."),
    ]
    parts = list(news_articles([Named(text, (), "dev") for text in texts]))
    assert [part[0].text for part in parts] == ["SNOW - FALK WINS .", "RAIN - TOGO FALLS ."]
    assert [one.text for one in itertools.chain(*parts)] == texts


def test_mentions_are_scored_sentence_by_sentence() -> None:
    sentences = [
        Named("Talks failed .", (), "dev"),
        Named("Ida Falk met Ana Ruiz .", ((0, 8, "person"), (13, 21, "person")), "dev"),
        Named("Falk left .", ((0, 4, "person"),), "dev"),
    ]
    score = score_mentions(sentences, ActorFinder(), None, ONCE)["person and organisation"]
    assert (score.precision, score.recall, score.n) == (1.0, 1.0, 3)


def test_entities_are_read_with_four_kinds(tmp_path: Path) -> None:
    folder = tmp_path / "CrossNER" / "ner_data" / "politics"
    folder.mkdir(parents=True)
    (folder / "train.txt").write_text("Ida\tB-politician\nFalk\tI-politician\nwon\tO\n\n")
    (folder / "dev.txt").write_text("Togo\tB-country\n\nVote\tB-election\n\n")
    found = read_entities(tmp_path, ("politics",))
    assert [one.split for one in found] == ["train", "dev", "dev"]
    assert [one.spans for one in found] == [
        ((0, 8, "person"),),
        ((0, 4, "location"),),
        ((0, 4, "misc"),),
    ]
    assert {kind for one in found for *_, kind in one.spans} <= set(KINDS)


def test_a_tagger_is_fitted_by_one_call(tmp_path: Path) -> None:
    for domain in ("conll2003", "politics"):
        folder = tmp_path / "CrossNER" / "ner_data" / domain
        folder.mkdir(parents=True)
        rows = "In\tO\nOslo\tB-location\nIda\tB-person\nFalk\tI-person\nspoke\tO\n\n"
        (folder / "train.txt").write_text(rows * 3)
        (folder / "dev.txt").write_text("Talks\tO\n\n")
    tagger = fit_entity_tagger(tiny_encoder(), tmp_path)
    train = [one for one in read_entities(tmp_path) if one.split == "train"]
    found = tagger.predict(read_texts(tiny_encoder(), train))
    assert [tuple(span[:3] for span in spans) for spans in found] == [one.spans for one in train]
    finder = ActorFinder(tagger=tagger)
    assert score_mentions(train, finder, tiny_encoder(), ONCE)["person"].value == 1.0
    assert score_entities(train, tagger, tiny_encoder(), ONCE)["all kinds"].value == 1.0
