from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from readers import CountingEncoder

from stancekit.actors import ActorFinder
from stancekit.features.articles import both_ways
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_targets
from stancekit.parse import Parser
from training.packing import packed


def lone(n: int) -> pd.DataFrame:
    """Build a table with two targets in each of n sentences."""
    rows = [
        (f"d{at // 2}", f"l{at}", f"Kenya met Togo on day {at}.", *span)
        for at in range(n)
        for span in ((0, 5), (10, 14))
    ]
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "start", "end"])


@given(n=st.integers(0, 30), size=st.integers(1, 7), seed=st.integers(0, 9))
def test_every_sentence_is_in_one_pack(n: int, size: int, seed: int) -> None:
    table = lone(n)
    context = packed(table, size=size, seed=seed)
    assert sorted(context["text"]) == sorted(table["text"].unique())
    sizes = context["read_with"].value_counts()
    assert sizes.le(size).all()
    assert sizes.lt(size).sum() <= 1


def test_the_seed_decides_who_is_together() -> None:
    one, same, other = (packed(lone(30), seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert one["text"].tolist() != other["text"].tolist()


def test_rows_are_read_in_their_pack() -> None:
    encoder = CountingEncoder()
    table = lone(6)
    context = packed(table, size=3)
    described = describe_targets(table, Parser(ActorFinder(), encoder), context=context)
    assert encoder.asked == [context["text"].tolist()[:3], context["text"].tolist()[3:]]
    assert described["text"].tolist() == table["text"].tolist()


def test_rows_both_ways_weigh_what_they_did() -> None:
    table = lone(3).assign(weight=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], calibration_weight=0.5)
    shares = table.assign(share_alone=[0.25, 1.0, 0.0, 0.5, 0.0, 0.0])
    found = both_ways(shares, table[:4])
    within = ["l0", "l1", "l1"]
    assert found["sentence_id"].tolist() == [*within, *(f"l{n} alone" for n in (0, 0, 1, 2, 2))]
    assert found["weight"].tolist() == [0.75, 3.0, 2.0, 0.25, 2.0, 2.0, 5.0, 6.0]
    assert found["calibration_weight"].sum() == table["calibration_weight"].sum()


def test_without_places_of_their_own_rows_stay_as_they_are() -> None:
    table = lone(2).drop(columns="sentence_id")
    pd.testing.assert_frame_equal(both_ways(table, lone(2)), table)


def test_rows_both_ways_are_read_in_their_context_and_alone() -> None:
    encoder = CountingEncoder()
    table = lone(2)
    context = packed(table)
    twice = both_ways(table, context)
    rows = as_rows(describe_targets(twice, Parser(ActorFinder(), encoder), context=context))
    texts = table["text"].unique().tolist()
    assert sorted(encoder.asked, key=len) == [[texts[0]], [texts[1]], context["text"].tolist()]
    for within, alone in zip(rows[:4], rows[4:], strict=True):
        assert (within["text"], within["start"]) == (alone["text"], alone["start"])
        assert not np.allclose(within["vectors"]["target"], alone["vectors"]["target"])
