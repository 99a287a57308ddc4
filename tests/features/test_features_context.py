from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import articles

from stancekit.actors import ActorFinder
from stancekit.article import Article
from stancekit.features.context import (
    as_rows,
    mention_parts,
    sentence_rows,
    speech_parts,
    target_rows,
)
from stancekit.parse import parse_article, parse_sentences, speech_of
from stancekit.records import Mention, Quotation

FINDER = ActorFinder()
NEWS = (
    "Harbour talks fail\n"
    "The talks ended on Monday. “We will not yield to Togo,” Kenya’s foreign minister said. "
    "Rain fell in Togo."
)


def parsed(text: str = NEWS) -> Article:
    return parse_article(text, finder=FINDER)


def claim_rows(article: Article) -> list[dict[str, Any]]:
    return sentence_rows(article, speech_of(article))


def stance_rows(article: Article) -> list[dict[str, Any]]:
    targets = [(m, actor) for actor in article.actors for m in actor.mentions]
    return target_rows(article, speech_of(article), targets)


def names(parts: Any) -> set[str]:
    return {part[0] for part in parts}


def test_a_sentence_has_its_place_and_its_neighbours() -> None:
    rows = claim_rows(parsed())
    assert [row["position"] for row in rows] == [0, 1, 2, 3]
    assert [row["role"] for row in rows] == ["headline", "body", "body", "body"]
    assert rows[1]["before"] == "Harbour talks fail"
    assert rows[1]["after"] == rows[2]["text"]
    assert (rows[0]["before"], rows[3]["after"]) == ("", "")


def test_a_sentence_has_the_speech_in_it_and_next_to_it() -> None:
    rows = claim_rows(parsed())
    assert [row["status"] for row in rows] == ["none", "none", "official", "none"]
    assert [row["status_after"] for row in rows] == ["none", "official", "none", ""]
    assert [row["status_before"] for row in rows] == ["", "none", "none", "official"]
    assert [row["status_before2"] for row in rows] == ["", "", "none", "none"]


@given(articles())
def test_every_row_has_the_same_columns(text: str) -> None:
    article = parsed(text)
    for rows in (claim_rows(article), stance_rows(article)):
        assert len({tuple(row) for row in rows}) <= 1
    shares = [value for row in claim_rows(article) for _, value, _, _ in speech_parts(row)]
    assert all(0 <= value <= 1.5 for value in shares)


@given(articles())
def test_targets_slice_to_their_mentions(text: str) -> None:
    article = parsed(text)
    mentions = [m for actor in article.actors for m in actor.mentions]
    for row, mention in zip(stance_rows(article), mentions, strict=True):
        assert row["text"][row["start"] : row["end"]] == mention.text


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPANS, max_size=5), SPANS)
def test_a_mention_is_quoted_if_one_quotation_holds_it(
    spans: list[tuple[int, int]], mention: tuple[int, int]
) -> None:
    sentences = parse_sentences(["x" * 60], finder=FINDER).sentences
    quotations = tuple(Quotation(start, end, direct=True) for start, end in sorted(spans))
    article = Article("x" * 60, sentences, quotations=quotations)
    target = (Mention(*mention, "x", 0, "X", ""), parsed().actors[0])
    (row,) = target_rows(article, speech_of(parsed())[:1], [target])
    assert row["in_quotation"] == any(a <= mention[0] and mention[1] <= b for a, b in spans)


def test_who_speaks_is_known_of_a_target() -> None:
    article = parsed("“It is over,” said Kenya. “Togo was kind to Kenya.”")
    speakers = {q.speaker.name for q in article.quotations if q.speaker}
    assert speakers == {"Kenya"}
    rows = {
        (row["text"][row["start"] : row["end"]], row["is_speaker"]) for row in stance_rows(article)
    }
    assert {("Kenya", True), ("Togo", False)} <= rows


def test_no_name_of_a_speaker_is_a_feature() -> None:
    row = claim_rows(parsed("“It will end,” said Foreign Minister Ida Falk."))[0]
    found = names(speech_parts(row))
    assert {"source=minister", "source=Aa"} <= found
    assert not {name for name in found if "falk" in name.lower()}


def test_speech_is_paired_with_modals() -> None:
    row = claim_rows(parsed("“It will end,” the ministry said."))[0]
    assert {"speech=official will", "speech=official any modal", "cue=say"} <= names(
        speech_parts(row)
    )


def test_a_sentence_without_an_article_has_no_place() -> None:
    found = names(speech_parts({"text": "Rates may rise."}))
    assert found == {"length", "speech= may", "speech= any modal"}


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        ("Kenya", {"words=1", "ending=nya"}),
        ("the Harbour Union", {"words=3", "ending=ion"}),
        ("NATO", {"words=1", "ending=ato", "acronym"}),
        ("She", {"words=1", "ending=she", "pronoun"}),
    ],
)
def test_the_form_of_a_mention(mention: str, expected: set[str]) -> None:
    row = {"text": mention, "start": 0, "end": len(mention)}
    assert names(mention_parts(row)) == {f"mention:{name}" for name in expected}


def test_a_frame_and_its_dicts_are_the_same_rows() -> None:
    frame = pd.DataFrame({"text": ["a", "b"]}, index=[7, 7])
    assert as_rows(frame) == [{"text": "a"}, {"text": "b"}]
    assert as_rows(as_rows(frame)) == as_rows(frame)
