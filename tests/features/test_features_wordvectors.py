from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import all_claims
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from strategies import any_text

from stancekit.features.tokens import tokenize
from stancekit.features.wordvectors import WINDOWS, MeanVectors, WordVectors

VECTORS = WordVectors.learn(all_claims()["text"], n_dims=8)


def row(text: str, target: str = "") -> dict[str, Any]:
    at = text.index(target)
    return {"text": text, "start": at, "end": at + len(target)} if target else {"text": text}


def test_learning_again_gives_the_same_vectors() -> None:
    again = WordVectors.learn(all_claims()["text"], n_dims=8)
    assert_array_equal(again.words, VECTORS.words)
    assert_array_equal(again.codes, VECTORS.codes)
    assert_array_equal(again.scales, VECTORS.scales)


def test_words_are_the_frequent_ones() -> None:
    counts = Counter(token.form for text in all_claims()["text"] for token in tokenize(text))
    n_times = [counts[word] for word in VECTORS.words]
    assert n_times == sorted(n_times, reverse=True)
    assert n_times[-1] == 5
    assert len(set(VECTORS.words)) == len(VECTORS.words)
    assert VECTORS.codes.shape == (len(VECTORS.words), 8)
    assert VECTORS.codes.dtype == np.int8
    assert len(WordVectors.learn(all_claims()["text"], n_words=50, n_dims=8).words) == 50


def test_rare_words_weigh_more() -> None:
    lengths = dict(zip(VECTORS.words, np.linalg.norm(VECTORS.table(), axis=1), strict=True))
    assert lengths["the"] < lengths["minister"]


def test_words_of_the_same_company_are_near() -> None:
    texts = [f"the {n} ate fresh {f} today" for n in ("cat", "dog") for f in ("fish", "meat")] * 9
    texts += [f"his {n} drove on wet roads" for n in ("car", "van")] * 18
    vectors = WordVectors.learn(texts, n_dims=4)
    table = vectors.table() / np.linalg.norm(vectors.table(), axis=1, keepdims=True)
    at = {str(word): place for place, word in enumerate(vectors.words)}
    assert table[at["cat"]] @ table[at["dog"]] > table[at["cat"]] @ table[at["car"]] + 0.5


@pytest.mark.parametrize("texts", [[], ["", " "], ["too few words here"], ["one"] * 9])
def test_too_little_text_gives_no_words(texts: list[str]) -> None:
    vectors = WordVectors.learn(texts)
    assert vectors.n_dims == 0
    matrix = MeanVectors(vectors).fit_transform([row("one word")])
    assert matrix.shape == (1, 0)
    assert MeanVectors(vectors).fit([]).attribute(row("one"), np.zeros(0, np.float32)) == []


def test_tables_compare_by_identity() -> None:
    other = WordVectors(VECTORS.words, VECTORS.codes, VECTORS.scales)
    assert other != VECTORS
    assert len({other, VECTORS}) == 2


@given(any_text, st.sampled_from(sorted(WINDOWS)))
def test_means_are_those_of_the_words_in_the_window(text: str, window: str) -> None:
    one = {"text": text, "start": len(text) // 2, "end": len(text) // 2 + 1}
    table = dict(zip(VECTORS.words, VECTORS.table(), strict=True))
    tokens = WINDOWS[window](tokenize(text), one)
    total = sum((table[t.form] for t in tokens if t.form in table), start=np.zeros(8))
    expected = total / (np.linalg.norm(total) + 1e-9)
    (found,) = MeanVectors(VECTORS, window=window).fit_transform([one]).toarray()
    assert_allclose(found, expected, atol=1e-5)


@given(any_text, st.sampled_from(sorted(WINDOWS)))
def test_attributions_add_up_to_the_score(text: str, window: str) -> None:
    one = {"text": text, "start": len(text) // 2, "end": len(text) // 2 + 1}
    means = MeanVectors(VECTORS, window=window).fit([one])
    weights = np.linspace(-1, 2, 8).astype(np.float32)
    parts = means.attribute(one, weights)
    assert sum(value for _, value, _, _ in parts) == pytest.approx(
        float((means.transform([one]) @ weights)[0]), abs=1e-4
    )
    assert all(0 <= start < end <= len(text) for _, _, start, end in parts)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ("sentence", "the bank may praise for it in the end ."),
        ("after_modals", "praise Aa for it in"),
        ("left", "the bank may praise"),
        ("right", "for it in the end ."),
        ("near", "the bank may praise for it in the"),
    ],
)
def test_windows(window: str, words: str) -> None:
    one = row("The bank may praise Togo for it in the end.", "Togo")
    found = [token.form for token in WINDOWS[window](tokenize(one["text"]), one)]
    assert " ".join(found) == words


def test_a_row_without_a_target_is_read_whole() -> None:
    one = row("The bank may act.")
    assert len(list(WINDOWS["sentence"](tokenize(one["text"]), one))) == 5


def test_names_of_the_columns() -> None:
    means = MeanVectors(VECTORS, window="left").fit([])
    assert means.get_feature_names_out().tolist() == [f"left[{at}]" for at in range(8)]


def test_copies_give_the_same_matrix() -> None:
    rows = [row("The bank may praise it.")]
    means = MeanVectors(VECTORS).fit(rows)
    expected = means.transform(rows).toarray()
    for copy in (pickle.loads(pickle.dumps(means)), clone(means).fit(rows)):
        assert_array_equal(copy.transform(rows).toarray(), expected)


def test_unfitted() -> None:
    with pytest.raises(NotFittedError, match="MeanVectors"):
        MeanVectors(VECTORS).transform([row("The bank")])
    with pytest.raises(NotFittedError, match="MeanVectors"):
        MeanVectors(VECTORS).get_feature_names_out()
