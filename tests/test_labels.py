from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.labels import CLAIM_TYPES, STANCES, in_order, join_types, split_types

TYPES = st.text(min_size=1, max_size=8).map(str.strip).filter(lambda name: name and "|" not in name)


def test_column_order() -> None:
    # Saved models and tables written by users depend on it.
    assert CLAIM_TYPES == ("prediction", "official_statement", "background_fact")
    assert STANCES == ("supportive", "neutral", "critical")


@given(st.lists(TYPES).map(tuple))
def test_types_survive_a_cell(types: tuple[str, ...]) -> None:
    assert split_types(join_types(types)) == types


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("", ()),
        ("  ", ()),
        ("|", ()),
        ("prediction", ("prediction",)),
        (" prediction |official_statement\n", ("prediction", "official_statement")),
        ("|prediction||mine|", ("prediction", "mine")),
    ],
)
def test_untidy_cells(cell: str, types: tuple[str, ...]) -> None:
    assert split_types(cell) == types


@given(st.lists(st.one_of(st.sampled_from(CLAIM_TYPES), TYPES)))
def test_known_labels_come_first(names: list[str]) -> None:
    ordered = in_order(names, CLAIM_TYPES)
    own = [name for name in ordered if name not in CLAIM_TYPES]
    known = [name for name in CLAIM_TYPES if name in names]
    assert list(ordered) == known + own
    assert own == sorted(set(names) - set(CLAIM_TYPES))
