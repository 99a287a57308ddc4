from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from readers import reading_of

from stancekit.classify.blocks import union_of, weighed
from stancekit.features.vectorizer import PartVectorizer
from stancekit.features.vectors import ReadingVectors

TEXTS = [
    "Kenya met Togo.",
    "Togo may leave, Kenya said.",
    "Rates rose.",
    "Rates may fall, officials said.",
]
ROWS = [
    {"text": text, "start": 0, "end": 5, "reading": reading_of(text, seed=seed)}
    for seed, text in enumerate(TEXTS)
]
BLOCKS = union_of(
    {
        "words": PartVectorizer(analyzer="sentence", min_df=1),
        "all": ReadingVectors(),
        "target": ReadingVectors(window="target"),
    },
    {"words": 1.0, "all": 0.5, "target": 2.0},
).fit(ROWS)


@settings(deadline=None)
@given(st.lists(st.sampled_from(ROWS), min_size=1), st.integers(1, 4), st.booleans())
def test_blocks_weighed_one_by_one_are_the_product_of_all(
    rows: list[dict[str, object]], n_labels: int, is_dropped: bool
) -> None:
    features = BLOCKS
    if is_dropped:
        features = union_of(dict(BLOCKS.transformer_list) | {"all": "drop"}, {"words": 1, "all": 1})
    n_features = features.transform(ROWS).shape[1]
    weights = np.random.default_rng(n_labels).normal(size=(n_features, n_labels))
    expected = features.transform(rows) @ weights
    assert_allclose(weighed(features, rows, weights.astype(np.float32)), expected, atol=1e-5)
