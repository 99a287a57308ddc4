"""Other names in the place of targets, so that no name itself speaks for a stance."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from training.encoder.passages import Passage, Target

Pool: TypeAlias = Mapping[int, Sequence[str]]


def name_pool(passages: Iterable[Passage]) -> Pool:
    """Gather the targets' names by their number of words."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in passages:
        for target in one.targets:
            name = one.texts[target.sentence][target.start : target.end]
            if _is_name(name):
                found[len(name.split())].add(name)
    return {n: sorted(names) for n, names in found.items()}


def swap_names(
    passages: Iterable[Passage], pool: Pool, *, share: float, seed: int
) -> Iterator[Passage]:
    """Exchange targets' names in a share of the passages of one sentence.

    Parameters
    ----------
    passages
        Those with pairs, tags or several sentences are given back as they are.
    pool
        Names to draw from.
    share
        Of the passages, 0 to 1.
    seed
        Decides which.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    for one in passages:
        bare = len(one.texts) == 1 and not one.pairs
        yield _swapped(one, pool, rng) if bare and rng.random() < share else one


def _swapped(one: Passage, pool: Pool, rng: random.Random) -> Passage:
    text, shift, end = one.texts[0], 0, -1
    chosen: dict[str, str] = {}
    targets: list[Target] = []
    for target in sorted(one.targets, key=lambda target: target.start):
        if target.start < end:
            return one
        end = target.end
        old = one.texts[0][target.start : target.end]
        names = pool.get(len(old.split())) if _is_name(old) else None
        new = chosen.setdefault(old, rng.choice(names) if names else old)
        start = target.start + shift
        text = text[:start] + new + text[start + len(old) :]
        targets.append(replace(target, start=start, end=start + len(new)))
        shift += len(new) - len(old)
    return replace(one, texts=(text,), targets=tuple(targets))


def _is_name(text: str) -> bool:
    return bool(text) and all(word[:1].isupper() for word in text.split())
