"""Command ``python -m training pointers``: fit whom phrases such as "the minister" mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import stancekit.store
from training.actor_scores import ARTICLES
from training.articles import read_articles
from training.pointers import TARGET, examples, fit_weights, share_right, write_weights

MODELS = ("news-encoder", "news-lexical")


def pointers_command(
    model: Annotated[
        list[str] | None, typer.Option(help="Models whose finders find the names; by default both.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The file of weights.")] = TARGET,
) -> None:
    """Fit the weights on datasets/ train, judge them on dev, and write them."""
    articles = list(read_articles(ARTICLES))
    parts = {
        split: [one for one in articles if one.header["split"] == split]
        for split in ("train", "dev")
    }
    loaded = [stancekit.store.load(name) for name in model or MODELS]
    found = {
        split: [one for m in loaded for one in examples(part, m.finder, m.encoder)]
        for split, part in parts.items()
    }
    weights = fit_weights(found["train"])
    write_weights(weights, out)
    console = Console()
    for split, part in found.items():
        console.print(f"{split}: {share_right(part, weights):.3f} of {len(part):,} phrases right")
