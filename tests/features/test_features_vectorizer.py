from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.exceptions import NotFittedError
from strategies import odd_text, paragraphs

from stancekit.features.vectorizer import ANALYZERS, PartVectorizer

texts = st.lists(st.one_of(paragraphs, odd_text), min_size=1, max_size=6)


def rows_of(found: list[str]) -> list[dict[str, Any]]:
    return [{"text": text, "start": 0, "end": max(len(text), 1)} for text in found]


@given(texts)
def test_features_are_those_of_enough_rows(found: list[str]) -> None:
    rows = rows_of(found)
    seen = Counter(
        name for row in rows for name in {part[0] for part in ANALYZERS["sentence"](row)}
    )
    expected = sorted(name for name, count in seen.items() if count >= 2) or [""]
    assert PartVectorizer(min_df=2).fit(rows).get_feature_names_out().tolist() == expected


@given(texts, st.sampled_from(["sentence", "target", "mention"]))
def test_plain_values_are_sums_of_parts(found: list[str], analyzer: str) -> None:
    rows = rows_of(found)
    vectorizer = PartVectorizer(analyzer=analyzer, min_df=1, idf=False).fit(rows)
    matrix = vectorizer.transform(rows).toarray()
    columns = {name: at for at, name in enumerate(vectorizer.features_)}
    expected = np.zeros_like(matrix)
    for at, row in enumerate(rows):
        for name, value, _, _ in ANALYZERS[analyzer](row):
            expected[at, columns[name]] += value
    assert_allclose(matrix, expected, rtol=1e-5)


@given(texts)
def test_weighed_rows_have_unit_length(found: list[str]) -> None:
    matrix = PartVectorizer(min_df=1).fit_transform(rows_of(found)).toarray()
    lengths = np.linalg.norm(matrix, axis=1)
    assert_allclose(lengths[lengths > 0], 1, rtol=1e-5)


def test_rare_features_weigh_more() -> None:
    rows = rows_of(["rates rose", "rates fell", "rates rest"])
    vectorizer = PartVectorizer(min_df=1).fit(rows)
    weight = dict(zip(vectorizer.features_, vectorizer.idf_, strict=True))
    assert weight["rose"] == pytest.approx(np.log(4 / 2) + 1)
    assert weight["rates"] == pytest.approx(1)


@given(texts, st.sampled_from(["sentence", "target", "mention"]), st.booleans())
def test_attributions_add_up_to_the_score(found: list[str], analyzer: str, idf: bool) -> None:
    rows = rows_of(found)
    vectorizer = PartVectorizer(analyzer=analyzer, min_df=1, idf=idf).fit(rows)
    weights = np.linspace(-2, 3, len(vectorizer.features_)).astype(np.float32)
    for row in rows:
        total = sum(value for _, value, _, _ in vectorizer.attribute(row, weights))
        assert total == pytest.approx(float((vectorizer.transform([row]) @ weights)[0]), abs=1e-4)


@given(texts)
def test_a_pickled_vectorizer_gives_the_same_matrix(found: list[str]) -> None:
    rows = rows_of(found)
    vectorizer = PartVectorizer(min_df=1).fit(rows)
    copy = pickle.loads(pickle.dumps(vectorizer))
    assert_array_equal(copy.get_feature_names_out(), vectorizer.get_feature_names_out())
    assert_array_equal(copy.transform(rows).toarray(), vectorizer.transform(rows).toarray())


def test_a_frame_and_its_dicts_give_the_same_matrix() -> None:
    rows = rows_of(["rates rose", "rates fell"])
    vectorizer = PartVectorizer().fit(rows)
    frame = pd.DataFrame(rows, index=["x", "x"])
    assert_array_equal(vectorizer.transform(frame).toarray(), vectorizer.transform(rows).toarray())
    assert_array_equal(PartVectorizer().fit(frame).features_, vectorizer.features_)


def test_unseen_features_are_left_out() -> None:
    vectorizer = PartVectorizer(min_df=1).fit(rows_of(["rates rose"]))
    assert vectorizer.transform(rows_of(["zebras gallop"])).nnz == 0
    weights = np.ones(len(vectorizer.features_), np.float32)
    assert vectorizer.attribute(rows_of(["zebras gallop"])[0], weights) == []


def test_refitting_forgets() -> None:
    vectorizer = PartVectorizer(min_df=1).fit(rows_of(["rates rose"]))
    vectorizer.transform(rows_of(["rates rose"]))
    vectorizer.fit(rows_of(["zebras gallop"]))
    assert vectorizer.transform(rows_of(["rates rose"])).nnz == 0


def test_unfitted() -> None:
    with pytest.raises(NotFittedError, match="PartVectorizer"):
        PartVectorizer().transform(rows_of(["rates rose"]))
