"""Command line of the recipes: ``python -m training --help``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console

import stancekit.store
from stancekit.model import Model
from training import lexical, neural
from training.ablation_command import ablation_command
from training.actors_command import actors_command
from training.card import BUNDLED as BUNDLED_NAMES
from training.card import describe
from training.consoles import run
from training.corpora.fetch import default_root
from training.corpora.registry import verify
from training.documents import fit_documents
from training.documents_command import documents_command
from training.pointers_command import pointers_command
from training.quotations_command import quotations_command
from training.relations_command import relations_command
from training.score import score_model, score_tables
from training.walkthrough import walk_command

app = typer.Typer(
    help="Build the bundled models from labelled corpora, and score them.",
    no_args_is_help=True,
    add_completion=False,
)
RECIPES = (lexical.NAME, neural.NAME, neural.LARGE, neural.TEACHER)
_FOLDERS = {neural.NAME: "", neural.LARGE: "large", neural.TEACHER: "teacher"}
"""Where the encoder of each model is, in the folder that `encoder` trains in."""

_FROM_TEACHER = (neural.LARGE, neural.TEACHER)
BUNDLED = Path(stancekit.store.__file__).parent.parent / "models"
RUNS = Path("runs")

Corpora = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        file_okay=False,
        help="Folder of corpora, see `python -m training.corpora`. Without it: datasets/ alone.",
    ),
]


app.command("ablation")(ablation_command)
app.command("actors")(actors_command)
app.command("pointers")(pointers_command)
app.command("quotations")(quotations_command)
app.command("relations")(relations_command)
app.command("documents")(documents_command)
app.command("walkthrough")(walk_command)


@app.command("encoder")
def encoder_command(
    corpora: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Of the corpora.")],
    out: Annotated[Path, typer.Option(help="Folder for the encoder, weights and checkpoints.")],
) -> None:
    """Train the encoder of news-encoder: hours on two cores; goes on where it was stopped."""
    from training.encoder.recipe import train_encoder

    verify(corpora)
    train_encoder(corpora, out, say=Console().print)


@app.command("build")
def build_command(
    name: Annotated[str, typer.Argument(help=f"The recipe: {', '.join(RECIPES)}.")] = lexical.NAME,
    corpora: Corpora = None,
    encoder: Annotated[
        Path | None,
        typer.Option(
            help="Folder in which `encoder` trained one; by default the model's bundled encoder. "
            "What news-encoder-large and news-teacher need besides is trained there, by default "
            "in runs/encoder."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Where to save it; by default among the bundled models, news-teacher in runs."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes.")] = 2,
) -> None:
    """Fit a model, score it on the development parts, and save it."""
    if name not in RECIPES:
        raise typer.BadParameter(f"expected {' or '.join(RECIPES)}; found {name!r}")
    started, console = time.monotonic(), Console()
    if corpora:
        verify(corpora)
    model = _built(name, corpora, encoder, jobs, console)
    console.print("scores on the development parts")
    scores = score_model(model, corpora)
    model.about.update(describe(name, scores, with_corpora=corpora is not None))
    target = out or (BUNDLED if name in BUNDLED_NAMES else RUNS) / name
    stancekit.store.save(model, target, overwrite=True)
    _show(console, scores)
    size = sum(file.stat().st_size for file in target.iterdir()) / 1e6
    console.print(f"{target}: {size:.1f} MB, {time.monotonic() - started:.0f} s")


@app.command("evaluate")
def evaluate_command(
    model: Annotated[
        str, typer.Argument(help="A bundled model's name, or a folder.")
    ] = stancekit.store.DEFAULT,
    corpora: Corpora = None,
) -> None:
    """Score a model on the development parts, with bootstrap intervals over documents."""
    _show(Console(), score_model(stancekit.store.load(model), corpora))


def _built(
    name: str, corpora: Path | None, encoder: Path | None, jobs: int, console: Console
) -> Model:
    if name == lexical.NAME:
        model = lexical.build(corpora, n_jobs=jobs, say=console.print)
        if corpora is not None:
            model.documents = fit_documents(model, corpora, say=console.print)
        return model
    if corpora is None:
        raise typer.BadParameter(f"{name} is built with --corpora")
    read = neural.read_encoder(_encoder_folder(name, corpora, encoder, console))
    cache = default_root().parent / "readings"
    return neural.build(read, corpora, cache=cache, name=name, n_jobs=jobs, say=console.print)


def _encoder_folder(name: str, corpora: Path, given: Path | None, console: Console) -> Path:
    """Return the folder of a model's encoder: the bundled one, or that of a run."""
    bundled = BUNDLED / name
    if given is None and (bundled / neural.GRAPH).is_file():
        return bundled
    run = given or RUNS / "encoder"
    folder = run / _FOLDERS[name]
    if name in _FROM_TEACHER and not (folder / neural.GRAPH).is_file():
        from training.encoder import large, recipe

        exporters = {neural.TEACHER: recipe.export_teacher, neural.LARGE: large.export_large}
        exporters[name](corpora, run, say=console.print)
    return folder


def _show(console: Console, scores: pd.DataFrame) -> None:
    for table in score_tables(scores):
        console.print(table)


if __name__ == "__main__":
    run(app)
