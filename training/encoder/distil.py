"""A teacher's opinion of passages, as soft labels for the student (Hinton et al. 2015)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch

from training.encoder.batches import Collator, batches
from training.encoder.network import Network
from training.encoder.passages import Labels, Passage, Probabilities, Target

TEMPERATURE = 1.5
"""Divides the teacher's logits: how sure it is of the wrong labels is half of what it knows."""

HARD = 0.4
"""Weight of a hand-made label where the teacher has an opinion too."""

_UNIFORM = (1 / 3, 1 / 3, 1 / 3)


def soften(
    teacher: Network,
    collate: Collator,
    passages: Sequence[Passage],
    *,
    n_tokens: int = 4000,
) -> list[Passage]:
    """Add a teacher's stances to passages; hand-made ones are mixed with its opinion.

    Parameters
    ----------
    teacher, collate
        The network and what makes its batches.
    passages
        Every target is judged; other labels stay as they are.
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
            bare = [_judged_everywhere(one, collate) for one in group]
            logits = teacher.logits(collate([_bare(one) for one in bare]))
            if "stance" in logits:
                opinions = iter(torch.softmax(logits["stance"] / TEMPERATURE, dim=1).tolist())
                bare = [_mixed(one, opinions) for one in bare]
            found += bare
    return found


def _judged_everywhere(one: Passage, collate: Collator) -> Passage:
    """Leave out the targets that cover no token."""
    ends = [max((end for _, end in collate.tokens(text)[1]), default=0) for text in one.texts]
    kept = tuple(t for t in one.targets if t.start < ends[t.sentence])
    return replace(one, targets=kept)


def _bare(one: Passage) -> Passage:
    targets = tuple(replace(target, stance=_UNIFORM) for target in one.targets)
    return replace(one, targets=targets, labels=(Labels(),) * len(one.texts), pairs=())


def _mixed(one: Passage, opinions: Iterator[Probabilities]) -> Passage:
    targets = tuple(
        replace(target, stance=_mix(target.stance, next(opinions)), weight=_weight(target))
        for target in one.targets
    )
    return replace(one, targets=targets)


def _weight(target: Target) -> float:
    """Weigh what only the teacher has judged a little less."""
    return target.weight if target.stance else 0.7


def _mix(hard: Probabilities, soft: Probabilities) -> Probabilities:
    if not hard:
        return tuple(soft)
    return tuple(HARD * a + (1 - HARD) * b for a, b in zip(hard, soft, strict=True))
