from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from readers import CountingEncoder, reading_of, targets_of, tiny_encoder
from sklearn.exceptions import NotFittedError

from stancekit.actors import ActorFinder
from stancekit.encoder import read_sentences
from stancekit.errors import InputError, TableError
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_sentences, describe_targets
from stancekit.features.pooling import WINDOWS, pooled
from stancekit.features.vectors import ReadingVectors
from stancekit.parse import Parser

FINDER = ActorFinder()
OF_SENTENCES = {"sentence", "before", "after"}

windows = st.sampled_from(["sentence", "before", "after", "target", "near"])
texts = st.text(st.sampled_from("ab "), max_size=30)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a row with readings, perhaps without neighbours, tokens or a covered target."""
    text = draw(texts)
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    row = {"text": text, "start": start, "end": draw(st.integers(start, len(text)))}
    row["reading"] = reading_of(text, seed=draw(st.integers(0, 9)))
    for key in ("reading_before", "reading_after"):
        if draw(st.booleans()):
            row[key] = reading_of(draw(texts), seed=draw(st.integers(0, 9)))
    return row


class TestWindows:
    text = "Kenya met Togo on Monday."
    row: ClassVar[dict[str, Any]] = {
        "text": text,
        "start": 10,
        "end": 14,
        "reading": reading_of(text),
        "reading_before": reading_of("So it goes.", seed=1),
        "reading_after": reading_of("", seed=2),
    }

    def mean(self, window: str) -> np.ndarray:
        return np.asarray(pooled(self.row)["vectors"][window])

    def test_each_is_the_mean_of_its_tokens(self) -> None:
        reading = self.row["reading"]
        assert_allclose(self.mean("sentence"), reading.mean, rtol=1e-5)
        assert_allclose(self.mean("target"), reading.span(10, 14), rtol=1e-5)
        assert_allclose(self.mean("before"), self.row["reading_before"].mean, rtol=1e-5)
        around = reading.vectors[[*range(8), *range(12, 20)]]
        assert_allclose(self.mean("near"), around.mean(axis=0), rtol=1e-5)

    def test_one_without_tokens_is_zero(self) -> None:
        assert_array_equal(self.mean("after"), np.zeros(3))

    def test_a_pooled_row_keeps_all_but_the_readings(self) -> None:
        kept = pooled({**self.row, "kind": "country"})
        assert set(kept) == {"text", "start", "end", "kind", "vectors"}
        assert set(self.row) == {
            "text",
            "start",
            "end",
            *(f"reading{w}" for w in ("", "_before", "_after")),
        }

    def test_a_sentence_has_no_target(self) -> None:
        row = {"text": self.text, "reading": self.row["reading"]}
        assert set(pooled(row)["vectors"]) == OF_SENTENCES < set(WINDOWS)


class TestTransformer:
    @given(st.lists(rows(), min_size=1, max_size=5), windows)
    def test_shares_add_up_to_the_score(self, given: list[dict[str, Any]], window: str) -> None:
        block = ReadingVectors(window=window).fit(given)
        weights = np.array([0.5, -2.0, 1.5], dtype=np.float32)
        for row, score in zip(given, block.transform(given) @ weights, strict=True):
            shares = block.attribute(row, weights)
            assert sum(share for _, share, _, _ in shares) == pytest.approx(score, abs=1e-4)
            (whole,) = block.attribute(pooled(row), weights) or [(window, 0.0, -1, -1)]
            assert whole[1] == pytest.approx(score, abs=1e-4)
            for name, _, start, end in shares:
                assert (start, end) == (-1, -1) or row["text"][start:end] == name

    @given(st.lists(rows(), min_size=1, max_size=5), windows)
    def test_pooled_rows_are_the_same(self, given: list[dict[str, Any]], window: str) -> None:
        block = ReadingVectors(window=window).fit(given)
        light = [pooled(row) for row in given]
        assert_array_equal(block.transform(light).toarray(), block.transform(given).toarray())
        assert_array_equal(ReadingVectors(window=window).fit(light).scale_, block.scale_)

    def test_columns_are_centred_and_rows_about_as_long_as_one(self) -> None:
        given = [{"text": "a", "reading": reading_of("a" * 5, width=64, seed=n)} for n in range(99)]
        matrix = ReadingVectors().fit(given).transform(given).toarray()
        assert_allclose(matrix.mean(axis=0), 0, atol=1e-6)
        assert_allclose(np.linalg.norm(matrix, axis=1).mean(), 1, atol=0.05)

    def test_a_column_that_never_varies_stays_small(self) -> None:
        readings = [reading_of("aaaa", seed=n) for n in range(9)]
        for reading in readings:
            reading.vectors[:, 1] = 5.0
        given = [{"text": "aaaa", "reading": reading} for reading in readings]
        block = ReadingVectors().fit(given[:8])
        given[8]["reading"].vectors[:, 1] = 5.001
        assert abs(block.transform(given[8:]).toarray()[0, 1]) < 1

    def test_a_neighbour_that_is_not_there_is_the_mean(self) -> None:
        reading = reading_of("ab")
        given = [
            {"text": "ab", "reading": reading, "reading_before": reading_of("b", seed=n)}
            for n in range(4)
        ]
        block = ReadingVectors(window="before").fit(given)
        assert not block.transform([{"text": "ab", "reading": reading}]).toarray().any()
        assert block.attribute({"text": "ab", "reading": reading}, np.ones(3, np.float32)) == []

    def test_tables_in_which_nobody_has_neighbours(self) -> None:
        given = [{"text": "ab", "reading": reading_of("ab", seed=n)} for n in range(4)]
        matrix = ReadingVectors(window="before").fit_transform(given)
        assert matrix.shape == (4, 3)
        assert not matrix.toarray().any()

    def test_no_rows(self) -> None:
        block = ReadingVectors().fit([{"text": "ab", "reading": reading_of("ab")}])
        assert block.transform([]).shape == (0, 3)

    def test_names_of_the_columns(self) -> None:
        block = ReadingVectors().fit([{"text": "ab", "reading": reading_of("ab")}])
        assert block.get_feature_names_out().tolist() == [f"sentence[{n}]" for n in range(3)]

    @pytest.mark.parametrize("row", [{"text": "ab"}, {"text": "ab", "reading": None}])
    def test_a_row_without_a_reading(self, row: dict[str, Any]) -> None:
        with pytest.raises(InputError, match=r"an encoder's reading of each sentence; found one"):
            ReadingVectors().fit([row])

    def test_an_encoder_of_another_width(self) -> None:
        block = ReadingVectors().fit([{"text": "ab", "reading": reading_of("ab")}])
        with pytest.raises(InputError, match="vectors of 3 numbers; found 4"):
            block.transform([{"text": "ab", "reading": reading_of("ab", width=4)}])

    def test_unfitted(self) -> None:
        with pytest.raises(NotFittedError):
            ReadingVectors().transform([])


class TestTables:
    def test_sentences_of_a_document_are_read_together(self) -> None:
        encoder = CountingEncoder()
        frame = pd.DataFrame({"doc_id": ["a", "b", "a"], "text": ["One may.", "Two.", "Three."]})
        rows = as_rows(describe_sentences(frame, Parser(FINDER, encoder)))
        assert encoder.asked == [["One may.", "Three."], ["Two."]]
        first, last = read_sentences(tiny_encoder(), ["One may.", "Three."])
        assert_allclose(rows[0]["vectors"]["sentence"], first.mean, rtol=1e-5)
        assert_allclose(rows[0]["vectors"]["after"], last.mean, rtol=1e-5)
        assert_allclose(rows[2]["vectors"]["before"], first.mean, rtol=1e-5)
        assert not rows[0]["vectors"]["before"].any()

    def test_sentences_alone_are_read_alone(self) -> None:
        encoder = CountingEncoder()
        describe_sentences(pd.DataFrame({"text": ["One.", "Two."]}), Parser(FINDER, encoder))
        assert encoder.asked == [["One."], ["Two."]]

    def test_a_text_is_read_once_however_many_targets_it_has(self) -> None:
        encoder = CountingEncoder()
        text = "Kenya met Togo."
        frame = targets_of((text, 0, 5), ("Rain fell.", 0, 4), (text, 10, 14))
        rows = as_rows(describe_targets(frame, Parser(FINDER, encoder)))
        assert encoder.asked == [[text], ["Rain fell."]]
        (reading,) = read_sentences(tiny_encoder(), [text])
        for row in (rows[0], rows[2]):
            span = reading.span(row["start"], row["end"])
            assert_allclose(row["vectors"]["target"], span, rtol=1e-5)

    def test_without_an_encoder_there_are_no_vectors(self) -> None:
        assert "vectors" not in describe_sentences(pd.DataFrame({"text": ["One."]}), FINDER)

    @pytest.mark.parametrize("text", ["", " ", "\u200b", "\x00", "\ud800"])
    def test_odd_sentences(self, text: str) -> None:
        frame = pd.DataFrame({"text": [text, "One."], "doc_id": "d"})
        (row, _) = as_rows(describe_sentences(frame, Parser(FINDER, tiny_encoder())))
        assert row["vectors"]["sentence"].shape == (32,)
        assert np.isfinite(row["vectors"]["sentence"]).all()

    def test_targets_of_which_the_encoder_reads_nothing(self) -> None:
        text = "Kenya met \u200b Togo"
        frame = targets_of((text, 0, 5), (text, 10, 11), ("\u0301", 0, 1))
        with pytest.raises(TableError) as error:
            describe_targets(frame, Parser(FINDER, tiny_encoder()))
        assert [(bad.row, bad.column) for bad in error.value.rows] == [
            (2, "start, end"),
            (3, "start, end"),
        ]
        assert len(describe_targets(frame, FINDER)) == 3
