from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import tiny_encoder
from strategies import pair_frames

from stancekit.actors import ActorFinder
from stancekit.errors import TableError
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_pairs
from stancekit.features.pairs import pair_parts, role_parts
from stancekit.parse import Parser

FINDER = ActorFinder()
TEXT = "Kenya sharply criticised Togo over fishing on Monday."


def pairs_of(text: str, *names: tuple[str, str]) -> pd.DataFrame:
    rows = [
        (text, *(at for name in pair for at in (text.index(name), text.index(name) + len(name))))
        for pair in names
    ]
    columns = ["text", "holder_start", "holder_end", "target_start", "target_end"]
    return pd.DataFrame(rows, columns=columns)


def names_of(text: str, holder: str, target: str) -> set[str]:
    (row,) = as_rows(describe_pairs(pairs_of(text, (holder, target)), FINDER))
    return {name for name, _, _, _ in (*pair_parts(row), *role_parts(row))}


def test_the_two_are_masked_and_the_order_shows() -> None:
    forward, backward = names_of(TEXT, "Kenya", "Togo"), names_of(TEXT, "Togo", "Kenya")
    assert "between > <holder> sharply criticised" in forward
    assert "between < <target> sharply criticised" in backward
    assert "whole > sharply criticised" in forward
    assert "after < fishing" in backward
    assert forward & backward == {"holder=country", "target=country", "kinds=country-country"}


def test_swapped_names_give_the_same_parts() -> None:
    swapped = TEXT.replace("Kenya", "Peru").replace("Togo", "Malta")
    assert names_of(TEXT, "Kenya", "Togo") == names_of(swapped, "Peru", "Malta")


def test_a_negation_between_them_shows() -> None:
    assert "pair > negated" in names_of("Kenya did not back Togo.", "Kenya", "Togo")


def test_the_speaker_is_known() -> None:
    text = "Kenya said that Togo had broken its word."
    assert "holder_speaks" in names_of(text, "Kenya", "Togo")
    assert "is_speaker" in names_of(text, "Togo", "Kenya")


def test_rows_keep_their_order_and_index() -> None:
    frame = pd.concat([pairs_of(TEXT, ("Kenya", "Togo"), ("Togo", "Kenya"))] * 2)
    frame.index = pd.Index([7, 3, 7, 1])
    described = describe_pairs(frame, FINDER)
    assert described.index.tolist() == [7, 3, 7, 1]
    assert described["start"].tolist() == frame["target_start"].tolist()
    assert described["holder_start"].tolist() == frame["holder_start"].tolist()
    assert describe_pairs(frame[:0], FINDER).empty


@given(pair_frames(min_size=1))
def test_parts_of_any_text_lie_in_it(frame: pd.DataFrame) -> None:
    for row in as_rows(describe_pairs(frame, FINDER)):
        for _, value, start, end in (*pair_parts(row), *role_parts(row)):
            assert value == 1.0
            assert (start, end) == (-1, -1) or 0 <= start <= end <= len(row["text"])


def test_a_span_that_the_encoder_cannot_read_is_named() -> None:
    frame = pairs_of("Kenya thanked \u200b and Togo.", ("Kenya", "Togo"), ("\u200b", "Togo"))
    with pytest.raises(TableError, match=r"row 2 +holder_start, holder_end +expected a span"):
        describe_pairs(frame, Parser(FINDER, tiny_encoder()))


@given(st.data())
def test_windows_between_follow_the_order(data: st.DataObject) -> None:
    one, other = data.draw(st.permutations(("Kenya", "Togo")))
    (row,) = as_rows(describe_pairs(pairs_of(TEXT, (one, other)), Parser(FINDER, tiny_encoder())))
    filled = {name for name, mean in row["vectors"].items() if mean.any()}
    leads = TEXT.index(one) < TEXT.index(other)
    assert filled == {"sentence", "holder", "target", "onward" if leads else "back"}
