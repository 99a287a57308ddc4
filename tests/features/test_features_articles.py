"""Rows of tables described in the articles that they stand in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from readers import CountingEncoder, tiny_encoder

from stancekit.actors import ActorFinder
from stancekit.encoder.reading import read_sentences
from stancekit.errors import TableError
from stancekit.features.articles import READ_WITH, sites
from stancekit.features.context import Row, as_rows, target_rows
from stancekit.features.frames import describe_named, describe_pairs, describe_targets
from stancekit.parse import Parser, speech_of

FINDER = ActorFinder()
PARSER = Parser(FINDER)
TEXTS = [
    "Fishing talks fail",
    "“We are done with Togo,” Kenya's foreign minister said on Monday.",
    "“Togo has broken its word.”",
    "Kenya condemned Togo.",
]
IDS = ["H", "S1", "S2", "S3"]
ARTICLE = pd.DataFrame({"doc_id": "fish", "sentence_id": IDS, "text": TEXTS})
OTHER = pd.DataFrame({"doc_id": "rain", "sentence_id": ["S1"], "text": ["Rain fell on Togo."]})
CONTEXT = pd.concat([ARTICLE, OTHER], ignore_index=True)


def targets(*places: int, name: str = "Togo", doc_id: str = "fish") -> pd.DataFrame:
    """Build a table with the first mention of a name in some sentences of the article."""
    rows = ARTICLE.iloc[list(places)].assign(doc_id=doc_id)
    starts = rows["text"].str.index(name)
    return rows.assign(start=starts, end=starts + len(name)).reset_index(drop=True)


def in_article(frame: pd.DataFrame, parser: Parser) -> list[Row]:
    """Describe targets as `analyze` would: the slow, obvious way."""
    article, readings = parser.sentences(TEXTS, has_headline=True)
    found = []
    for row in frame.itertuples():
        at = IDS.index(row.sentence_id)
        start, end = (article.sentences[at].start + place for place in (row.start, row.end))
        (named,) = (
            (mention, actor)
            for actor in article.actors
            for mention in actor.mentions
            if (mention.start, mention.end) == (start, end)
        )
        found += target_rows(article, speech_of(article), [named], readings)
    return found


def test_rows_in_an_article_are_described_as_analyze_sees_them() -> None:
    frame = targets(1, 2, 3)
    assert as_rows(describe_targets(frame, FINDER, context=CONTEXT)) == in_article(frame, PARSER)


def test_the_quotation_goes_on_in_the_article_alone() -> None:
    frame = targets(2)
    (within,) = as_rows(describe_targets(frame, FINDER, context=CONTEXT))
    (alone,) = as_rows(describe_targets(frame, FINDER))
    assert (within["status"], within["speaker_kind"]) != (alone["status"], alone["speaker_kind"])


def test_vectors_are_those_of_the_article_read_together() -> None:
    encoder = CountingEncoder()
    frame = pd.concat([targets(3), OTHER.assign(start=13, end=17), targets(1)], ignore_index=True)
    rows = as_rows(describe_targets(frame, Parser(FINDER, encoder), context=CONTEXT))
    assert encoder.asked == [TEXTS, ["Rain fell on Togo."]]
    readings = read_sentences(tiny_encoder(), TEXTS)
    for row, at in ((rows[0], 3), (rows[2], 1)):
        assert_allclose(row["vectors"]["sentence"], readings[at].mean, rtol=1e-5)
        span = readings[at].span(row["start"], row["end"])
        assert_allclose(row["vectors"]["target"], span, rtol=1e-5)
    assert not np.allclose(readings[3].mean, read_sentences(tiny_encoder(), TEXTS[3:])[0].mean)


@pytest.mark.parametrize(
    "changed",
    [{"doc_id": "fowl"}, {"sentence_id": "S9"}, {"text": "Kenya condemned  Togo."}],
    ids=lambda change: next(iter(change)),
)
def test_a_row_that_is_not_in_the_context_is_alone(changed: dict[str, str]) -> None:
    frame = targets(3).assign(**changed)
    described = describe_targets(frame, FINDER, context=CONTEXT)
    pd.testing.assert_frame_equal(described, describe_targets(frame, FINDER))


def test_a_table_without_ids_is_alone() -> None:
    frame = targets(2, 3)[["text", "start", "end"]]
    described = describe_targets(frame, FINDER, context=CONTEXT)
    pd.testing.assert_frame_equal(described, describe_targets(frame, FINDER))


def test_sentences_are_read_with_those_that_the_context_names() -> None:
    encoder = CountingEncoder()
    pairs = CONTEXT.assign(**{READ_WITH: ["a", "b", "a", "b", "a"]})
    describe_targets(targets(3, 2), Parser(FINDER, encoder), context=pairs)
    assert encoder.asked == [[TEXTS[0], TEXTS[2], "Rain fell on Togo."], [TEXTS[1], TEXTS[3]]]


def test_an_article_in_which_no_row_stands_is_not_read() -> None:
    encoder = CountingEncoder()
    describe_targets(targets(3), Parser(FINDER, encoder), context=CONTEXT)
    assert encoder.asked == [TEXTS]


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1), st.lists(st.booleans(), min_size=9))
def test_rows_keep_their_order_and_index(places: list[int], here: list[bool]) -> None:
    frame = targets(*places)
    frame["doc_id"] = [
        "fish" if here[row % len(here)] else "elsewhere" for row in range(len(frame))
    ]
    frame.index = pd.Index([7 * row % 5 for row in range(len(frame))])
    described = describe_targets(frame, FINDER, context=CONTEXT)
    assert described.index.tolist() == frame.index.tolist()
    for column in ("text", "start", "end"):
        assert described[column].tolist() == frame[column].tolist()
    one_by_one = [
        describe_targets(frame.iloc[[row]], FINDER, context=CONTEXT) for row in range(len(frame))
    ]
    pd.testing.assert_frame_equal(described, pd.concat(one_by_one))


@given(st.lists(st.sampled_from(range(5)), max_size=12))
def test_every_row_stands_in_one_place(places: list[int]) -> None:
    frame = CONTEXT.iloc[places].assign(n=range(len(places)))
    frame.loc[frame["n"] % 3 == 0, "sentence_id"] = "S77"
    found = [row for site in sites(frame, PARSER, CONTEXT) for row in site.rows]
    assert sorted(found) == list(range(len(places)))
    for site in sites(frame, PARSER, CONTEXT):
        for at, row in enumerate(site.rows):
            assert site.sentence(at).text == frame["text"].iloc[row]


def test_pairs_in_an_article() -> None:
    frame = ARTICLE.iloc[[3]].assign(holder_start=0, holder_end=5, target_start=16, target_end=20)
    encoder = CountingEncoder()
    (row,) = as_rows(describe_pairs(frame, Parser(FINDER, encoder), context=CONTEXT))
    assert encoder.asked == [TEXTS]
    reading = read_sentences(tiny_encoder(), TEXTS)[3]
    assert_allclose(row["vectors"]["holder"], reading.span(0, 5), rtol=1e-5)
    assert_allclose(row["vectors"]["onward"], reading.span(5, 16), rtol=1e-5)
    assert (row["holder_kind"], row["kind"]) == ("country", "country")


def test_a_name_means_whom_it_means_in_the_article() -> None:
    texts = ["Ida Falk, the mayor of Oslo, met Ana Ruiz.", "Falk smiled."]
    context = pd.DataFrame({"doc_id": "d", "sentence_id": ["S1", "S2"], "text": texts})
    frame = context.iloc[[1]].assign(actor="Ida Falk")
    described, rows = describe_named(frame, FINDER, context=context)
    assert (rows, described[["start", "end"]].to_numpy().tolist()) == ([0], [[0, 4]])
    with pytest.raises(TableError, match=r"row 1 +actor +expected an actor that the text names"):
        describe_named(frame, FINDER)


def test_spans_that_the_encoder_cannot_read_are_named_by_row() -> None:
    texts = ["Rain fell.", "Kenya met \u200b Togo"]
    context = pd.DataFrame({"doc_id": "d", "sentence_id": ["S1", "S2"], "text": texts})
    frame = pd.concat([context.iloc[[1]].assign(start=0, end=5)] * 2).reset_index(drop=True)
    frame.loc[1, ["start", "end"]] = [10, 11]
    with pytest.raises(TableError, match=r"1 bad row of 2\n +row 2 +start, end"):
        describe_targets(frame, Parser(FINDER, tiny_encoder()), context=context)
