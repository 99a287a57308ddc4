"""Command ``python -m training actors``: how well a model finds actors and tells them apart."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import stancekit.store
from stancekit.evaluation.bootstrap import Sampling
from training.actor_scores import ARTICLES, score_entities, score_mentions, score_resolution
from training.articles import read_articles
from training.scores import Score
from training.taggers import read_entities

SPLITS = ("train", "dev")


def actors_command(
    model: Annotated[str, typer.Option(help="A bundled model's name, or a folder.")],
    corpora: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of corpora; else datasets/ alone."),
    ] = None,
    samples: Annotated[int, typer.Option(help="Bootstrap samples.")] = 1000,
) -> None:
    """Score mentions on CoNLL-2003's dev part, and resolution on datasets/ (train and dev)."""
    loaded, sampling = stancekit.store.load(model), Sampling(samples, seed=0)
    finder, encoder = loaded.finder, loaded.encoder
    scores: list[tuple[str, str, Score]] = []
    if corpora:
        sentences = [one for one in read_entities(corpora, ("conll2003",)) if one.split == "dev"]
        if finder.tagger is not None and encoder is not None:
            tagged = score_entities(sentences, finder.tagger, encoder, sampling)
            scores += [("CoNLL-2003 dev, tagger", name, one) for name, one in tagged.items()]
        found = score_mentions(sentences, finder, encoder, sampling)
        scores += [("CoNLL-2003 dev, mentions", name, one) for name, one in found.items()]
    articles = list(read_articles(ARTICLES))
    for split in SPLITS:
        part = [one for one in articles if one.header["split"] == split]
        score = score_resolution(part, finder, encoder, sampling)
        scores.append((f"datasets/ {split}", "resolution, B-cubed", score))
    Console().print(score_table(scores))


def score_table(scores: list[tuple[str, str, Score]]) -> Table:
    """Draw the scores: data, what was scored, figures with the interval of F1."""
    table = Table(title="actors", title_justify="left")
    for name in ("data", "what"):
        table.add_column(name)
    for name in ("precision", "recall", "F1", "95 %", "n"):
        table.add_column(name, justify="right")
    for data, what, one in scores:
        figures = (f"{value:.3f}" for value in (one.precision, one.recall, one.value))
        table.add_row(data, what, *figures, f"{one.low:.3f}-{one.high:.3f}", f"{one.n:,}")
    return table
