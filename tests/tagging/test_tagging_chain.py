from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.tagging.chain import (
    NEVER,
    Floats,
    Walk,
    believe,
    best_path,
    expected_moves,
    moves_of,
    path_score,
)

N_TAGS = 3


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[int], Floats, Floats]:
    lengths = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    transitions = rng.normal(size=(N_TAGS + 1, N_TAGS))
    transitions[[0, 0, N_TAGS], [1, 2, 1]] = NEVER
    return lengths, rng.normal(0, 2, size=(sum(lengths), N_TAGS)), transitions


def paths(scores: Floats, transitions: Floats) -> dict[tuple[int, ...], float]:
    """Score every path of one text, the slow and obvious way."""
    found = {}
    for path in product(range(N_TAGS), repeat=len(scores)):
        total = transitions[-1, path[0]] if path else 0.0
        total += sum(transitions[a, b] for a, b in pairwise(path))
        found[path] = total + sum(scores[at, tag] for at, tag in enumerate(path))
    return found


def texts(lengths: list[int], scores: Floats) -> list[Floats]:
    return np.split(scores, np.cumsum(lengths)[:-1])


@settings(deadline=None)
@given(chains())
def test_beliefs_are_those_of_all_paths(chain: tuple[list[int], Floats, Floats]) -> None:
    lengths, scores, transitions = chain
    walk = Walk.over(lengths)
    beliefs = believe(scores[walk.rows], transitions, walk)
    marginals = np.empty_like(scores)
    marginals[walk.rows] = beliefs.marginals
    log_norm, moves, at = 0.0, np.zeros_like(transitions), 0
    for part in texts(lengths, scores):
        weights = {path: np.exp(score) for path, score in paths(part, transitions).items()}
        total = sum(weights.values())
        log_norm += np.log(total)
        for path, weight in weights.items():
            moves[-1, path[:1]] += weight / total
            for step in pairwise(path):
                moves[step] += weight / total
        for place in range(len(part)):
            for tag in range(N_TAGS):
                right = sum(w for path, w in weights.items() if path[place] == tag)
                assert marginals[at + place, tag] == pytest.approx(right / total, abs=1e-9)
        at += len(part)
    assert beliefs.log_norm == pytest.approx(log_norm)
    np.testing.assert_allclose(expected_moves(beliefs, transitions, walk), moves, atol=1e-9)


@settings(deadline=None)
@given(chains())
def test_the_best_path_is_the_best_of_all(chain: tuple[list[int], Floats, Floats]) -> None:
    lengths, scores, transitions = chain
    walk = Walk.over(lengths)
    tags = np.empty(len(scores), dtype=np.intp)
    tags[walk.rows] = best_path(scores[walk.rows], transitions, walk)
    for part, chosen in zip(
        texts(lengths, scores), np.split(tags, np.cumsum(lengths)[:-1]), strict=True
    ):
        found = paths(part, transitions)
        assert found[tuple(chosen.tolist())] == pytest.approx(max(found.values()))


@settings(deadline=None)
@given(chains())
def test_the_score_of_a_path(chain: tuple[list[int], Floats, Floats]) -> None:
    lengths, scores, transitions = chain
    walk = Walk.over(lengths)
    tags = np.arange(len(scores)) % N_TAGS
    parts = zip(texts(lengths, scores), np.split(tags, np.cumsum(lengths)[:-1]), strict=True)
    right = sum(paths(part, transitions)[tuple(path.tolist())] for part, path in parts)
    found = path_score(scores[walk.rows], transitions, walk, tags[walk.rows])
    assert found == pytest.approx(right)
    assert moves_of(tags[walk.rows], walk, N_TAGS).sum() == len(scores)


def test_long_texts_neither_vanish_nor_overflow() -> None:
    walk = Walk.over([20_000])
    scores = np.tile([900.0, -900.0, 0.0], (20_000, 1))
    beliefs = believe(scores, np.zeros((N_TAGS + 1, N_TAGS)), walk)
    assert np.isfinite(beliefs.log_norm)
    np.testing.assert_allclose(beliefs.marginals[:, 0], 1.0)


def test_no_text_at_all() -> None:
    walk = Walk.over([])
    beliefs = believe(np.zeros((0, N_TAGS)), np.zeros((N_TAGS + 1, N_TAGS)), walk)
    assert beliefs.log_norm == 0.0
    assert best_path(np.zeros((0, N_TAGS)), np.zeros((N_TAGS + 1, N_TAGS)), walk).shape == (0,)
