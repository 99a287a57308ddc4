"""What the network learns from: consecutive sentences with labels on them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Probabilities: TypeAlias = tuple[float, ...]

SIZE = 160
"""Tokens of a training window at most, [CLS] and [SEP] among them."""


@dataclass(frozen=True)
class Target:
    """A span to judge.

    Attributes
    ----------
    sentence
        Its place in the passage.
    start, end
        Character offsets in the sentence, end exclusive.
    stance
        Probabilities of supportive, neutral, critical; empty where unknown.
    weight
        Of its loss.
    """

    sentence: int
    start: int
    end: int
    stance: Probabilities
    weight: float = 1.0


@dataclass(frozen=True)
class Pair:
    """Two spans of one sentence, and the holder's stance toward the target, as in `Target`."""

    sentence: int
    holder: tuple[int, int]
    target: tuple[int, int]
    stance: Probabilities


@dataclass(frozen=True)
class Labels:
    """What is known of one sentence; None and empty where nothing is.

    Attributes
    ----------
    claims
        Probability of each claim type.
    discourse
        Number of its type in NewsDiscourse.
    speech
        Whether somebody is quoted.
    entities, quotations
        (start, end, kind) in the sentence; spans of one kind don't overlap.
    """

    claims: Probabilities | None = None
    discourse: int | None = None
    speech: bool | None = None
    entities: tuple[tuple[int, int, str], ...] | None = None
    quotations: tuple[tuple[int, int, str], ...] | None = None


@dataclass(frozen=True)
class Passage:
    """Consecutive sentences, read at once.

    Attributes
    ----------
    source
        Corpus that it comes from.
    texts
        The sentences.
    labels
        One per sentence.
    targets, pairs
        Spans in the sentences.
    """

    source: str
    texts: tuple[str, ...]
    labels: tuple[Labels, ...]
    targets: tuple[Target, ...] = field(default=())
    pairs: tuple[Pair, ...] = field(default=())


@dataclass(frozen=True)
class Line:
    """One sentence of a document, before it has a place in a passage."""

    text: str
    labels: Labels = Labels()
    targets: tuple[Target, ...] = ()
    pairs: tuple[Pair, ...] = ()


def pack(
    source: str, lines: Sequence[Line], n_tokens: Callable[[str], int], *, size: int = SIZE
) -> Iterator[Passage]:
    """Put the consecutive sentences of a document into passages.

    Parameters
    ----------
    source
        Corpus.
    lines
        The document's sentences.
    n_tokens
        Counts the tokens of a text.
    size
        Tokens of a passage at most; a longer sentence stands alone and is cut later.
    """
    held: list[Line] = []
    room = size - 1
    for line in lines:
        length = n_tokens(line.text) + 1
        if held and length > room:
            yield passage(source, held)
            held, room = [], size - 1
        held.append(line)
        room -= length
    if held:
        yield passage(source, held)


def passage(source: str, lines: Sequence[Line]) -> Passage:
    """Join sentences; spans learn which sentence they are in."""
    return Passage(
        source,
        tuple(line.text for line in lines),
        tuple(line.labels for line in lines),
        tuple(replace(one, sentence=at) for at, line in enumerate(lines) for one in line.targets),
        tuple(replace(one, sentence=at) for at, line in enumerate(lines) for one in line.pairs),
    )


def jumble(
    passages: Sequence[Passage], *, share: float, seed: int, most: int = 4
) -> Iterator[Passage]:
    """Put single sentences of one source among others at random.

    A sentence that is only ever read alone reads differently among others. Strangers beside
    it tell nothing: the network learns to give it the same vectors.

    Parameters
    ----------
    passages
        Of one sentence each.
    share
        Of the passages that get neighbours, 0 to 1.
    seed
        Decides which.
    most
        Sentences side by side; the least is 2.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    order = list(passages)
    rng.shuffle(order)
    n = round(share * len(order))
    yield from order[n:]
    while n > 0:
        size = min(n, rng.randint(2, most))
        yield _joined(order[n - size : n])
        n -= size


def _joined(parts: Sequence[Passage]) -> Passage:
    """Lay passages of one sentence side by side."""
    lines = [Line(one.texts[0], one.labels[0], one.targets, one.pairs) for one in parts]
    return passage(parts[0].source, lines)


def spread(passages: Iterable[Passage], share: float) -> list[Passage]:
    """Keep an even share of passages, from first to last."""
    kept, due = [], 0.0
    for one in passages:
        due += share
        if due >= 1.0:
            kept.append(one)
            due -= 1.0
    return kept
