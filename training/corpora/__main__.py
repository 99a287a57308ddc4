"""``python -m training.corpora``: fetch the corpora, list what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from stancekit.errors import StancekitError
from training.corpora.catalogue import CORPORA, Corpus, select
from training.corpora.fetch import default_root, fetch_corpora
from training.corpora.registry import mismatches, registered

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
console = Console()


@app.command()
def fetch(
    to: Annotated[Path | None, typer.Option(help="Folder for all corpora.")] = None,
    mirror: Annotated[
        Path | None, typer.Option(help="Copy from this folder, not the network.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="A corpus by name; repeatable.")] = None,
) -> None:
    """Download what is missing and verify every file."""
    root, corpora = to or default_root(), select(only or ())
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        for corpus in corpora:
            task = progress.add_task(corpus.name, total=len(registered(corpus)))
            for _ in fetch_corpora(root, [corpus], mirror=mirror):
                progress.advance(task)
    console.print(f"Verified in {root}", highlight=False)


@app.command(name="list")
def list_corpora(
    corpora: Annotated[Path | None, typer.Option(help="Folder that holds all corpora.")] = None,
) -> None:
    """Show which corpora are there and verified, with their size and licence."""
    root = corpora or default_root()
    table = Table("corpus", "state", "licence", "contents", title=str(root), show_lines=True)
    for corpus in CORPORA:
        upstream = f"[bold]{corpus.name}[/bold]\n{corpus.repository}\n{corpus.commit[:8]}"
        contents = [f"{number:,} {unit}" for unit, number in corpus.counts.items()]
        table.add_row(
            upstream, _state(root, corpus), corpus.licence, "\n".join([corpus.use, *contents])
        )
    console.print(table)


def _state(root: Path, corpus: Corpus) -> str:
    bad = mismatches(root, corpus)
    n_files = len(registered(corpus))
    n_missing = sum(mismatch.got is None for mismatch in bad)
    if n_missing == n_files:
        return "[dim]absent[/dim]"
    if bad:
        return f"[red]{n_missing:,} missing\n{len(bad) - n_missing:,} differ\nof {n_files:,}[/red]"
    return f"[green]verified[/green]\nfiles: {n_files:,}"


def main() -> None:
    """Run the command; an error of ours becomes one message and exit status 1."""
    try:
        app()
    except StancekitError as error:
        Console(stderr=True).print(
            str(error), style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
