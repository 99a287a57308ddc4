"""``stancekit queue``: which sentences to label next."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stancekit.cli.articles import find_articles, read_article
from stancekit.cli.consoles import tell
from stancekit.cli.options import DEFAULT_MODEL, INPUT, ModelName, OutputFile
from stancekit.cli.output import open_output, refuse_unwritable

if TYPE_CHECKING:
    import pandas as pd


_NOTHING: Final = {
    "claim_types": "no sentence was found: the text is blank, or nothing but captions and links.",
    "start": "no actor was found whom a sentence could take a stance toward.",
    "holder": "no sentence was found with two actors, one of whom could take a side on the other.",
}
"""Column of a kind of table -> why it has no row."""


class Kind(StrEnum):
    """What is to be labelled."""

    CLAIMS = "claims"
    STANCES = "stances"
    RELATIONS = "relations"


def queue(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT",
            help="Unlabelled text: articles and folders as for [bold]stancekit label[/], or a "
            "CSV with a column [bold]text[/] and maybe [bold]doc_id[/].",
            show_default=False,
        ),
    ],
    n: Annotated[
        int,
        typer.Option("--n", "-n", metavar="N", min=1, rich_help_panel=INPUT, help="How many."),
    ] = 50,
    kind: Annotated[
        Kind | None,
        typer.Option(
            rich_help_panel=INPUT,
            help="What to label.",
            show_default="claims, if the model has them",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="N", rich_help_panel=INPUT, help="Of the choice.")
    ] = 0,
    model: ModelName = DEFAULT_MODEL,
    output: OutputFile = None,
) -> None:
    """Choose the sentences whose labels would teach the model most.

    They are those that it is unsure of and that are unlike each other. The CSV has the
    columns that ``stancekit train`` reads: fill in the empty one and train.

    Examples
    --------
    $ stancekit queue articles/ --n 50 -o todo.csv
    $ stancekit queue sentences.csv --kind stances --model models/mine -o todo.csv
    """
    if output is not None:
        refuse_unwritable(output)
    unlabelled = _read(sources)

    from stancekit.select import queue as choose
    from stancekit.store import load

    chosen = choose(load(model), unlabelled, n=n, kind=kind.value if kind else None, seed=seed)
    if chosen.empty:
        why = next(why for column, why in _NOTHING.items() if column in chosen)
        tell(f"{why} The table has no row.", "Note")
    with open_output(output) as stream:
        chosen.to_csv(stream, index=False, lineterminator="\n")


def _read(sources: list[Path]) -> Path | pd.DataFrame:
    import pandas as pd

    first, *others = sources
    if first.suffix.lower() == ".csv" and not others:
        return first
    articles = find_articles(sources)
    rows = [(name, read_article(path)) for name, path in articles.items()]
    return pd.DataFrame(rows, columns=["doc_id", "text"])
