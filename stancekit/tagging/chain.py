"""A linear chain of tags over words: its likelihood, its best path, its probabilities.

All texts are walked at once, one word of each at a time, the longest text first; a text that
has ended drops out. So the loop is as long as the longest text, whatever their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]

NEVER: Final = -1e4
"""Score of a step that no path may take."""

_LEAST = -200.0


@dataclass(frozen=True, eq=False)
class Walk:
    """The order in which the words of texts are walked.

    Attributes
    ----------
    rows
        Shape (n_words,): the word, counted over all texts, at each place of the walk.
    bounds
        Shape (n_steps + 1,): the places at which each step begins.
    """

    rows: Ints
    bounds: Ints

    @classmethod
    def over(cls, lengths: Sequence[int]) -> Walk:
        """Walk over texts with these numbers of words."""
        sizes = np.asarray(lengths, dtype=np.intp)
        order = np.argsort(-sizes, kind="stable")
        starts = (np.cumsum(sizes) - sizes)[order]
        n_steps = int(sizes.max(initial=0))
        active = np.searchsorted(-sizes[order], -np.arange(n_steps), side="left")
        bounds = np.concatenate([[0], np.cumsum(active)]).astype(np.intp)
        step = np.repeat(np.arange(n_steps), active)
        return cls(starts[np.arange(len(step)) - bounds[step]] + step, bounds)

    def steps(self) -> list[slice]:
        """Return the places of each step."""
        return [slice(start, end) for start, end in pairwise(self.bounds.tolist())]

    def moves(self) -> list[tuple[slice, slice]]:
        """Return the places of each step's words that another follows, and of those others."""
        return [
            (slice(now.start, now.start + after.stop - after.start), after)
            for now, after in pairwise(self.steps())
        ]


@dataclass(frozen=True, eq=False)
class Beliefs:
    """What a chain believes, in the order of the walk.

    Attributes
    ----------
    forward, backward, weights
        Shape (n_words, n_tags): scaled messages, and the emissions as weights.
    scales
        Shape (n_words,): the total of each forward message before it was scaled.
    log_norm
        Log of the sum over all paths, all texts together.
    """

    forward: Floats
    backward: Floats
    weights: Floats
    scales: Floats
    log_norm: float

    @property
    def marginals(self) -> Floats:
        """Probability of each tag of each word, shape (n_words, n_tags)."""
        return self.forward * self.backward


def believe(scores: Floats, transitions: Floats, walk: Walk) -> Beliefs:
    """Run the forward-backward algorithm.

    Parameters
    ----------
    scores
        Emissions in the order of the walk, shape (n_words, n_tags).
    transitions
        Shape (n_tags + 1, n_tags): from tag to tag, the last row from the start; `NEVER`
        where no path goes.
    walk
        Over the texts.
    """
    peaks = scores.max(axis=1)
    weights = np.exp(np.maximum(scores - peaks[:, None], _LEAST))
    moves = np.exp(transitions)
    forward = np.empty_like(weights)
    scales = np.empty(len(weights))
    before: Floats | None = None
    for step in walk.steps():
        into = moves[-1] if before is None else before[: step.stop - step.start] @ moves[:-1]
        message = into * weights[step]
        scales[step] = message.sum(axis=1)
        before = forward[step] = message / scales[step, None]
    backward = np.ones_like(weights)
    for now, after in reversed(walk.moves()):
        coming = weights[after] * backward[after] / scales[after, None]
        backward[now] = coming @ moves[:-1].T
    log_norm = float(np.log(scales).sum() + peaks.sum())
    return Beliefs(forward, backward, weights, scales, log_norm)


def expected_moves(beliefs: Beliefs, transitions: Floats, walk: Walk) -> Floats:
    """Return how often each transition is expected, shape (n_tags + 1, n_tags)."""
    expected = np.zeros_like(transitions)
    for first in walk.steps()[:1]:
        expected[-1] = beliefs.marginals[first].sum(axis=0)
    for now, after in walk.moves():
        coming = beliefs.weights[after] * beliefs.backward[after] / beliefs.scales[after, None]
        expected[:-1] += beliefs.forward[now].T @ coming
    expected[:-1] *= np.exp(transitions[:-1])
    return expected


def best_path(scores: Floats, transitions: Floats, walk: Walk) -> Ints:
    """Return the most probable tags, in the order of the walk, by Viterbi's algorithm."""
    return best_paths(scores[:, None], transitions[None], walk)[:, 0]


def best_paths(scores: Floats, transitions: Floats, walk: Walk) -> Ints:
    """Find the best paths of several chains over the same texts, walked together.

    Parameters
    ----------
    scores
        In the order of the walk, shape (n_words, n_chains, n_tags).
    transitions
        Shape (n_chains, n_tags + 1, n_tags), see `believe`.
    walk
        Over the texts.

    Returns
    -------
    array, shape (n_words, n_chains)
        The most probable tags.
    """
    moves = walk.moves()
    n_chains, n_tags = scores.shape[1:]
    best = scores.copy()
    for first in walk.steps()[:1]:
        best[first] += transitions[:, -1]
    # The tag that a path comes from is the first axis: a maximum over rows is the quicker.
    came = best.transpose(2, 0, 1)[..., None]
    steps = transitions[:, None, :-1].transpose(2, 1, 0, 3).copy()
    for now, after in moves:
        best[after] += np.maximum.reduce(came[:, now] + steps)
    tags: Ints = best.argmax(axis=2)
    into = transitions[:, :-1].transpose(0, 2, 1).reshape(-1, n_tags)
    firsts = np.arange(n_chains) * n_tags
    for now, after in reversed(moves):
        tags[now] = (best[now] + into.take(tags[after] + firsts, axis=0)).argmax(axis=2)
    return tags


def path_score(scores: Floats, transitions: Floats, walk: Walk, tags: Ints) -> float:
    """Return the score of the given tags, all texts together."""
    total = float(scores[np.arange(len(tags)), tags].sum())
    return total + float((moves_of(tags, walk, scores.shape[1]) * transitions).sum())


def moves_of(tags: Ints, walk: Walk, n_tags: int) -> Floats:
    """Count the transitions of the given tags, shape (n_tags + 1, n_tags)."""
    counts = np.zeros((n_tags + 1, n_tags))
    for first in walk.steps()[:1]:
        np.add.at(counts[-1], tags[first], 1.0)
    for now, after in walk.moves():
        np.add.at(counts, (tags[now], tags[after]), 1.0)
    return counts
