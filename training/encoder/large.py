"""A larger encoder: six of the teacher's twelve layers, which learn from the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Final

from torch import nn

from training.encoder import mixes
from training.encoder.loop import Plan, Say
from training.encoder.network import WEIGHTS, Network
from training.encoder.recipe import average, export, finish, opinions, start
from training.encoder.weights import TEACHER, unpack_weights

LAYERS: Final = (0, 1, 4, 6, 8, 9)
"""Those that are kept: of sixteen choices, the one that knew most stances before it learned."""

_FIRST: Final = Plan(
    rate=7e-5,
    n_tokens=1200,
    decay=0.95,
    n_epochs=1,
    warm_up=0.04,
    seed=4,
    weights={**WEIGHTS, "quotations": 1.0},
)

PASSES: Final = (
    (mixes.Portion(seeds=(7,), ours=3, directed=1.0, quoted=0.4, named=0.5), _FIRST),
    (
        mixes.Portion(seeds=(8, 9), ours=2, directed=0.5, quoted=0.22, named=0.25),
        replace(_FIRST, rate=5e-5, warm_up=0.05, seed=5),
    ),
)
"""What it reads in each pass, and how it learns."""

SHARE_FIRST: Final = 0.3
"""Share of the first pass's weights in the mean of both."""

_OF_ALL_TASKS: Final = 2
"""The teacher's pass after which it knows most: the last is over pairs alone."""


def export_large(root: Path, out: Path, *, say: Say = lambda _: None) -> None:
    """Train the larger encoder and export it, six layers x 768.

    Parameters
    ----------
    root
        The corpora folder.
    out
        As in `training.encoder.recipe.train_encoder`, whose teacher is used where it was
        trained before: ``large`` gets ``encoder.onnx`` and ``tokenizer.json``.
    say
        Told what is being done.
    """
    for number, (teacher, opinion) in enumerate(opinions(root, out, say), start=1):
        if number == _OF_ALL_TASKS:
            student = with_layers(teacher, LAYERS)
        judged = opinion
    base = unpack_weights(TEACHER, out / "mpnet")
    _, collate = start(base)
    for number, (portion, plan) in enumerate(PASSES, start=1):
        passages = mixes.large_reading(root, collate, judged, portion)
        finish(student, collate, passages, plan, out / "large" / f"pass{number}", say)
    average(student, out / "large" / "pass1", share=SHARE_FIRST)
    export(student, base, out / "large", root)


def with_layers(network: Network, layers: Sequence[int]) -> Network:
    """Copy a network with some of its layers, from the lowest."""
    cut = deepcopy(network)
    cut.encoder.encoder.layer = nn.ModuleList(cut.encoder.encoder.layer[at] for at in layers)
    cut.encoder.config.num_hidden_layers = len(layers)
    return cut
