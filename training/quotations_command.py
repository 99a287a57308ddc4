"""The command that scores quotations: spans on PolNeAR, speakers on `datasets`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import stancekit.store
from stancekit.article import Article
from stancekit.model import Model
from stancekit.quotes.attributions import Attribution
from stancekit.quotes.find import attributions
from training.corpora.polnear import read_polnear
from training.quotation_scores import score_polnear
from training.scores import Score
from training.speakers import score_speakers

SPLIT = "dev"
SPLITS = ("train", "dev")
"""Parts of `datasets`: errors are read in the first, what mends them confirmed in the second."""


def quotations_command(
    corpora: Annotated[
        Path,
        typer.Option(exists=True, file_okay=False, help="Folder of corpora, which holds PolNeAR."),
    ],
    model: Annotated[
        str, typer.Option(help="A bundled model's name, or a folder.")
    ] = "news-lexical",
    bootstrap: Annotated[int, typer.Option(help="Samples of articles for the intervals.")] = 1000,
) -> None:
    """Score quotations on PolNeAR's development part and on datasets/ (train and dev).

    Intervals are by bootstrap over articles.
    """
    loaded, console = stancekit.store.load(model), Console()
    spans = score_polnear(
        read_polnear(corpora, SPLIT), attribute_with(loaded), n_bootstrap=bootstrap
    )
    console.print(score_table("PolNeAR, dev part (US politics)", spans))
    for split in SPLITS:
        speakers = score_speakers(parse_with(loaded), split, n_bootstrap=bootstrap)
        title = f"datasets/, {split} part (articles written for this project)"
        console.print(score_table(title, speakers))


def attribute_with(model: Model) -> Callable[[str], list[Attribution]]:
    """Make a function that finds the attributions of a text as a model does."""

    def attribute(text: str) -> list[Attribution]:
        article, readings = model.parser.article(text)
        return attributions(
            article.text, article.sentences, article.actors, readings, model.parser.taggers
        )

    return attribute


def parse_with(model: Model) -> Callable[[Sequence[str], bool], Article]:
    """Make a function that parses consecutive sentences as a model does."""

    def parse(texts: Sequence[str], has_headline: bool) -> Article:
        return model.parser.sentences(texts, has_headline=has_headline).article

    return parse


def score_table(title: str, scores: Sequence[Score]) -> Table:
    """Draw scores, a row for each, with their intervals."""
    table = Table("of", "metric", title=title, title_justify="left")
    for column in ("value", "interval", "n"):
        table.add_column(column, justify="right")
    for one in scores:
        interval = f"{one.low:.3f}-{one.high:.3f}"
        table.add_row(one.name, one.metric, f"{one.value:.3f}", interval, f"{one.n:,}")
    return table
