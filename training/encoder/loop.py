"""Training: schedule, checkpoints, resuming."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from training.encoder.batches import Collator, batches
from training.encoder.network import WEIGHTS, Network
from training.encoder.passages import Passage

Say = Callable[[str], None]

CHECKPOINT_FILE = "checkpoint.pt"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to train.

    Attributes
    ----------
    rate, head_rate
        Highest learning rates of encoder and heads.
    decay
        Factor of the rate from each layer to the one below it.
    n_epochs
        Passes over the passages.
    n_tokens
        Of a batch.
    n_frozen
        Lowest layers that keep their weights; the word embeddings always keep theirs.
    warm_up
        Share of the steps in which the rate rises.
    seed
        Of order and dropout.
    every
        Steps between checkpoints.
    weights
        Of each task's loss.
    """

    rate: float
    head_rate: float = 1e-3
    decay: float = 0.9
    n_epochs: int = 3
    n_tokens: int = 1100
    n_frozen: int = 0
    warm_up: float = 0.06
    seed: int = 0
    every: int = 200
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)


def train(
    network: Network,
    collate: Collator,
    passages: Sequence[Passage],
    plan: Plan,
    *,
    folder: Path,
    say: Say,
    on_epoch: Callable[[int], None] = lambda _: None,
) -> None:
    """Train a network; goes on from the checkpoint in the folder, if there is one.

    Parameters
    ----------
    network, collate
        What is trained, and what makes its batches.
    passages
        To learn from.
    plan
        How.
    folder
        Of ``checkpoint.pt``.
    say
        Told the losses.
    on_epoch
        Called after each pass.
    """
    random.seed(plan.seed)
    torch.manual_seed(plan.seed)
    optimizer = torch.optim.AdamW(_groups(network, plan), weight_decay=0.01, fused=True)
    order = [_order(passages, collate, plan, epoch) for epoch in range(plan.n_epochs)]
    n_steps = sum(map(len, order))
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, _schedule(n_steps, plan.warm_up))
    checkpoint = folder / CHECKPOINT_FILE
    done = _resume(checkpoint, network, optimizer, scheduler)
    step, started, seen = 0, time.monotonic(), defaultdict(list)
    for epoch, members in enumerate(order):
        network.train()
        for part in members:
            step += 1
            if step <= done:
                continue
            losses = network.losses(collate(part))
            if not losses:
                continue
            total = sum(plan.weights[name] * loss for name, loss in losses.items())
            torch.as_tensor(total).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            optimizer.zero_grad(set_to_none=True)
            for name, loss in losses.items():
                seen[name].append(float(loss.detach()))
            if step % plan.every == 0:
                _save(checkpoint, network, optimizer, scheduler, step)
                means = ", ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(seen.items()))
                pace = (time.monotonic() - started) / (step - done)
                say(f"step {step}/{n_steps}, {pace * (n_steps - step) / 60:.0f} min left: {means}")
                seen.clear()
        if step > done:
            on_epoch(epoch)
    _save(checkpoint, network, optimizer, scheduler, step)


def _order(
    passages: Sequence[Passage], collate: Collator, plan: Plan, epoch: int
) -> list[list[Passage]]:
    rng = random.Random(1000 * plan.seed + epoch)  # noqa: S311 - no secret
    return [part for _, part in batches(passages, collate, n_tokens=plan.n_tokens, rng=rng)]


def _groups(network: Network, plan: Plan) -> list[dict[str, object]]:
    """Give each layer its own rate, the lower the layer the lower; freeze the lowest."""
    groups: dict[float, list[torch.nn.Parameter]] = {}
    layers = len(network.encoder.encoder.layer)
    for name, parameter in network.named_parameters():
        depth = layers
        if name.startswith("encoder.embeddings"):
            depth = 0
        elif name.startswith("encoder.encoder.layer."):
            depth = int(name.split(".")[3]) + 1
        if name.startswith("encoder.") and depth <= plan.n_frozen:
            parameter.requires_grad = False
            continue
        is_head = not name.startswith("encoder.")
        rate = plan.head_rate if is_head else plan.rate * plan.decay ** (layers - depth)
        groups.setdefault(rate, []).append(parameter)
    return [{"params": members, "lr": rate} for rate, members in groups.items()]


def _schedule(n_steps: int, warm_up: float) -> Callable[[int], float]:
    first = max(1, int(n_steps * warm_up))
    return lambda step: min((step + 1) / first, max(0.0, (n_steps - step) / (n_steps - first + 1)))


def _save(path: Path, network: Network, optimizer: object, scheduler: object, step: int) -> None:
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),  # type: ignore[attr-defined]
        "scheduler": scheduler.state_dict(),  # type: ignore[attr-defined]
        "random": torch.get_rng_state(),
        "step": step,
    }
    new = path.with_suffix(".new")
    torch.save(state, new)
    new.replace(path)


def _resume(path: Path, network: Network, optimizer: object, scheduler: object) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])  # type: ignore[attr-defined]
    scheduler.load_state_dict(state["scheduler"])  # type: ignore[attr-defined]
    torch.set_rng_state(state["random"])
    return int(state["step"])
