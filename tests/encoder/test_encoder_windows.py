from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.encoder import Piece, Window, pack

LENGTHS = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 90)), max_size=30)
SIZES = st.integers(3, 40)
CONTEXTS = st.integers(0, 3)


def n_ids(window: Window) -> int:
    return 1 + sum(piece.end - piece.start + 1 for piece in window)


def sentences(window: Window, *, is_kept: bool) -> list[int]:
    return [piece.sentence for piece in window if piece.is_kept is is_kept]


@given(LENGTHS, SIZES, CONTEXTS)
def test_every_token_is_kept_once_and_in_order(lengths: list[int], size: int, context: int) -> None:
    kept = [
        (piece.sentence, token)
        for window in pack(lengths, size, context)
        for piece in window
        if piece.is_kept
        for token in range(piece.start, piece.end)
    ]
    assert kept == [(at, token) for at, length in enumerate(lengths) for token in range(length)]


@given(LENGTHS, SIZES, CONTEXTS)
def test_no_window_is_too_long_or_without_use(lengths: list[int], size: int, context: int) -> None:
    for window in pack(lengths, size, context):
        assert n_ids(window) <= size
        assert sentences(window, is_kept=True)
        assert all(piece.start < piece.end for piece in window)


@given(LENGTHS, SIZES, CONTEXTS)
def test_context_is_what_stood_last_in_the_window_before(
    lengths: list[int], size: int, context: int
) -> None:
    before: list[int] = []
    for window in pack(lengths, size, context):
        repeated = sentences(window, is_kept=False)
        assert len(repeated) <= context
        assert repeated == before[len(before) - len(repeated) :]
        assert [piece.sentence for piece in window] == sorted(piece.sentence for piece in window)
        assert not repeated or all(piece.is_kept for piece in window[len(repeated) :])
        before = [piece.sentence for piece in window]


@given(LENGTHS, SIZES)
def test_context_is_there_wherever_it_fits(lengths: list[int], size: int) -> None:
    windows = pack(lengths, size, 1)
    for before, window in pairwise(windows):
        last, first = before[-1], window[0]
        are_whole = all(p.end - p.start == lengths[p.sentence] for p in (last, first))
        if are_whole and first.is_kept:
            assert 3 + lengths[last.sentence] + lengths[first.sentence] > size


@given(LENGTHS, SIZES)
def test_windows_are_full(lengths: list[int], size: int) -> None:
    windows = pack(lengths, size, 0)
    for window, after in pairwise(windows):
        is_whole = len(after) > 1 or after[0].end == lengths[after[0].sentence]
        if is_whole and window[-1].end == lengths[window[-1].sentence] and window[0].start == 0:
            assert n_ids(window) + lengths[after[0].sentence] + 1 > size


def test_a_sentence_that_is_too_long_is_cut_into_like_pieces() -> None:
    assert pack([2, 25, 2], size=12) == [
        (Piece(0, 0, 2, is_kept=True),),
        (Piece(1, 0, 8, is_kept=True),),
        (Piece(1, 8, 16, is_kept=True),),
        (Piece(1, 16, 25, is_kept=True),),
        (Piece(2, 0, 2, is_kept=True),),
    ]


@pytest.mark.parametrize("length", [10, 11])
def test_a_sentence_of_the_size_of_a_window_is_whole_or_cut(length: int) -> None:
    assert len(pack([length], size=12)) == (1 if length == 10 else 2)


def test_nothing_is_no_window() -> None:
    assert pack([]) == []
    assert pack([0, 0]) == []
