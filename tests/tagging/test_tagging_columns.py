from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.tagging import ReadText
from stancekit.tagging.columns import (
    column_matrix,
    column_names,
    columns_of_texts,
    covered,
    vectors_of_texts,
)
from stancekit.tagging.words import SHAPES, line_code, shape_codes, word_offsets


def looks(text: str, *, marks: tuple[tuple[int, int, str], ...] = ()) -> list[set[str]]:
    """Name the columns of each word of a text."""
    names = sorted({name for *_, name in marks})
    nothing = SimpleNamespace(offsets=np.zeros((0, 2), np.int32), vectors=np.zeros((0, 1)))
    read = ReadText(text, nothing, marks)
    columns, all_names = columns_of_texts([read], names), column_names(tuple(names))
    matrix = column_matrix(columns, len(all_names)).toarray()
    return [{all_names[column] for column in np.flatnonzero(row)} for row in matrix]


@given(st.text(max_size=60))
def test_words_cover_what_is_no_space(text: str) -> None:
    offsets = word_offsets(text)
    kept = "".join(text[start:end] for start, end in offsets)
    assert kept == "".join(text.split())
    assert (offsets[:, 0] < offsets[:, 1]).all()
    assert (offsets[1:, 0] >= offsets[:-1, 1]).all()


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("Oslo", "Aa"),
        ("Ida", "Abc"),
        ("Reykjavik", "Abcdefghi"),
        ("EU", "AA"),
        ("OSLO", "ABC"),
        ("J", "A"),
        ("McKay", "aA"),
        ("iPhone", "aA"),
        ("ran", "a"),
        ("running", "aa"),
        ("1999", "0000"),
        ("12", "0"),
        ("12th", "0a"),
        ("’", "'"),
        ("“", "quote"),
        ("—", "-"),
        ("[", "("),
        ("€", "$"),
        ("%", "mark"),
        ("王", "mark"),
    ],
)
def test_what_words_look_like(word: str, shape: str) -> None:
    expected = "aA" if word == "王" else shape
    assert SHAPES[shape_codes([word])[0]] == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [("RATES FALL AGAIN", 1), ("Rates Fall Again Today", 2), ("Rates fall again", 0), ("", 0)],
)
def test_how_lines_use_capitals(text: str, code: int) -> None:
    assert line_code(text.split()) == code


def test_a_word_sees_its_neighbours_and_marks() -> None:
    first, second, third = looks("Ida met NATO", marks=((8, 12, "body"),))
    assert {"+0 Abc", "+1 a", "+2 ABC", "-1 edge", "first Abc", "+0 body outside"} <= first
    assert "+1 body begins" in second
    assert {"+0 body begins", "-1 body outside", "a | ABC", "+1 edge"} <= third
    assert not any(name.startswith("first") for name in second | third)


def test_marks_begin_and_go_on() -> None:
    words = looks("the Bank of Togo rose", marks=((4, 16, "body"),))
    states = [next(name for name in word if name.startswith("+0 body")) for word in words]
    assert [state.split()[-1] for state in states] == [
        *("outside", "begins", "inside", "inside", "outside")
    ]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.integers(0, 99))
def test_word_vectors_are_means_of_tokens(pieces: list[int], seed: int) -> None:
    words = ["abcd"[:n] for n in pieces]
    text = " ".join(words)
    offsets = word_offsets(text)
    tokens = [(start + at, start + at + 1) for start, end in offsets for at in range(end - start)]
    vectors = np.random.default_rng(seed).normal(size=(len(tokens), 2)).astype(np.float32)
    reading = SimpleNamespace(offsets=np.array(tokens, np.int32), vectors=vectors)
    found = vectors_of_texts([ReadText(text, reading)])
    ends = np.cumsum(pieces)
    slow = [vectors[end - n : end].mean(axis=0) for end, n in zip(ends, pieces, strict=True)]
    np.testing.assert_allclose(found, slow, atol=1e-6)


def test_words_without_tokens_have_no_vector() -> None:
    reading = SimpleNamespace(offsets=np.array([[4, 5]], np.int32), vectors=np.ones((1, 2), "f4"))
    found = vectors_of_texts([ReadText("abc d", reading)])
    assert found.tolist() == [[0, 0], [1, 1]]


def test_spans_cover_words_that_they_touch() -> None:
    offsets = word_offsets("one two three")
    assert covered(offsets, 5, 9) == (1, 3)
    assert covered(offsets, 3, 4) == (1, 1)
