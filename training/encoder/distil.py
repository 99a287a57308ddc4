"""A teacher's opinion of passages, as soft labels for the student (Hinton et al. 2015)."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import torch

from training.encoder.batches import Collator, batches
from training.encoder.network import Network
from training.encoder.passages import Labels, Pair, Passage, Probabilities, Target

Task: TypeAlias = Literal["stance", "pairs", "claims"]

TEMPERATURE = 1.5
"""Divides the logits of stances: how sure it is of the wrong ones is half its knowledge."""

HARD = 0.4
"""Weight of a hand-made label where the teacher has an opinion too."""

UNLABELLED_WEIGHT = 0.7
"""Of a target that only the teacher has judged."""

_UNIFORM = (1 / 3, 1 / 3, 1 / 3)
_STANCES: tuple[Task, ...] = ("stance",)


def soften(
    teacher: Network,
    collate: Collator,
    passages: Sequence[Passage],
    *,
    tasks: Collection[Task] = _STANCES,
    n_tokens: int = 4000,
) -> list[Passage]:
    """Put a teacher's opinion on passages; hand-made labels are mixed with it.

    Parameters
    ----------
    teacher, collate
        The network and what makes its batches.
    passages
        To judge; labels of other tasks stay as they are.
    tasks
        What the teacher says: ``"stance"`` of every target, ``"pairs"``, ``"claims"`` of
        every sentence.
    n_tokens
        Of a batch.

    Returns
    -------
    list of Passage
        Not in the order given.
    """
    teacher.eval()
    rng = random.Random(0)  # noqa: S311 - no secret
    found: list[Passage] = []
    with torch.inference_mode():
        for _, group in batches(passages, collate, n_tokens=n_tokens, rng=rng):
            kept = [_seen(one, collate) for one in group]
            logits = teacher.logits(collate([_bare(one) for one in kept]))
            opinions = _Opinions(
                _soft(logits.get("stance")),
                _soft(logits.get("pairs")),
                iter(torch.sigmoid(logits["claims"]).tolist()),
            )
            found += [_mixed(one, opinions, tasks) for one in kept]
    return found


@dataclass(frozen=True)
class _Opinions:
    """What the teacher says of the targets, pairs and sentences of a batch, one by one."""

    stance: Iterator[Probabilities]
    pairs: Iterator[Probabilities]
    claims: Iterator[Probabilities]


def _soft(logits: torch.Tensor | None) -> Iterator[Probabilities]:
    return iter([] if logits is None else torch.softmax(logits / TEMPERATURE, dim=1).tolist())


def _seen(one: Passage, collate: Collator) -> Passage:
    """Leave out the spans that cover no token: nobody has an opinion of them."""
    offsets = [collate.tokens(text)[1] for text in one.texts]

    def covers(sentence: int, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in offsets[sentence])

    return replace(
        one,
        targets=tuple(t for t in one.targets if covers(t.sentence, t.start, t.end)),
        pairs=tuple(
            p for p in one.pairs if covers(p.sentence, *p.holder) and covers(p.sentence, *p.target)
        ),
    )


def _bare(one: Passage) -> Passage:
    targets = tuple(replace(target, stance=_UNIFORM) for target in one.targets)
    return replace(one, targets=targets, labels=(Labels(),) * len(one.texts))


def _mixed(one: Passage, opinions: _Opinions, tasks: Collection[Task]) -> Passage:
    """Take this passage's share of the opinions, and mix in those that are asked for."""
    stances = [(target, tuple(next(opinions.stance))) for target in one.targets]
    pairs = [(pair, tuple(next(opinions.pairs))) for pair in one.pairs]
    claims = [(labels, tuple(next(opinions.claims))) for labels in one.labels]
    if "stance" in tasks:
        one = replace(one, targets=tuple(_judged(*each) for each in stances))
    if "pairs" in tasks:
        one = replace(one, pairs=tuple(_related(*each) for each in pairs))
    if "claims" in tasks:
        one = replace(one, labels=tuple(_claimed(*each) for each in claims))
    return one


def _judged(target: Target, soft: Probabilities) -> Target:
    weight = target.weight if target.stance else UNLABELLED_WEIGHT
    return replace(target, stance=_mix(target.stance, soft), weight=weight)


def _related(pair: Pair, soft: Probabilities) -> Pair:
    return replace(pair, stance=_mix(pair.stance, soft))


def _claimed(labels: Labels, soft: Probabilities) -> Labels:
    return replace(labels, claims=_mix(labels.claims or (), soft))


def _mix(hard: Probabilities, soft: Probabilities) -> Probabilities:
    if not hard:
        return soft
    return tuple(HARD * a + (1 - HARD) * b for a, b in zip(hard, soft, strict=True))
