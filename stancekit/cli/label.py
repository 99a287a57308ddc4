"""``stancekit label``: articles in, labelled sentences and stances out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO, TypeAlias

import typer

from stancekit.cli.articles import analyze_articles, find_articles
from stancekit.cli.consoles import is_terminal, result_console, tell
from stancekit.cli.options import (
    DEFAULT_MODEL,
    INPUT,
    Jobs,
    ModelName,
    OutputFile,
    format_option,
    usual_format,
    view_option,
)
from stancekit.cli.output import open_output, refuse_unwritable
from stancekit.cli.rows import View, columns_of, json_object, rows_of
from stancekit.errors import InputError

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.model import Model

Named: TypeAlias = Iterable[tuple[str, "Article"]]


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


_BY_SUFFIX: Final = {".json": Format.JSON, ".jsonl": Format.JSON, ".txt": Format.TABLE}
_NEEDED: Final = {View.STANCES: "stances", View.DOCUMENTS: "documents"}
"""Views that are empty without a head -> the head."""


def label(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE",
            help="Text files in UTF-8, headline first; folders (all their .txt files); "
            "or [bold]-[/] for standard input.",
            show_default=False,
        ),
    ],
    actors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME,...",
            rich_help_panel=INPUT,
            help="Judge only these actors, known or not. May be repeated.",
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            rich_help_panel=INPUT,
            help="Date of the articles: decides who held an office.",
        ),
    ] = None,
    model: ModelName = DEFAULT_MODEL,
    jobs: Jobs = 1,
    format_: Annotated[
        Format | None,
        format_option("json is one object per line and article, with all views."),
    ] = None,
    view: Annotated[
        View,
        view_option(
            "What a row is",
            View,
            " Sentences and stances have the columns that [bold]stancekit train[/] reads.",
        ),
    ] = View.SENTENCES,
    output: OutputFile = None,
) -> None:
    """Label articles: claim types, speakers and stances, sentence by sentence.

    Articles are read one after the other, so a folder may be of any size.

    Examples
    --------
    $ stancekit label article.txt                    # a table to read
    $ stancekit label articles/ -o sentences.csv     # a row per sentence
    $ stancekit label articles/ --view stances       # a row per sentence, actor
    $ stancekit label article.txt --actors "Japan,Kestrel Freight"
    $ curl -s https://example.org/a.txt | stancekit label - --format json
    """
    how = format_ or usual_format(
        output, _BY_SUFFIX, on_terminal=Format.TABLE, piped=Format.CSV, in_file=Format.CSV
    )
    if how is Format.JSON and view is not View.SENTENCES:
        raise InputError(f"--view {view}: JSON holds all views; leave --view out")
    if output is not None:
        refuse_unwritable(output)
    articles = find_articles(sources)

    from stancekit.store import load

    loaded = load(model)
    if view in _NEEDED and getattr(loaded, _NEEDED[view]) is None:
        tell(f"model {loaded.name!r} has no head for {_NEEDED[view]}: the view is empty.", "Note")
    found = analyze_articles(loaded, articles, date=date, actors=_names(actors), n_jobs=jobs)
    with open_output(output, for_reading=how is Format.TABLE) as stream:
        _write(_watched(found, len(articles), output), how, view, loaded, stream)


def _write(found: Named, how: Format, view: View, model: Model, stream: TextIO) -> None:
    if how is Format.JSON:
        _write_json(found, stream)
    elif how is Format.CSV:
        _write_csv(_noted(found), view, model, stream)
    else:
        _write_tables(found, view, model, stream)


def _write_json(found: Named, stream: TextIO) -> None:
    for name, article in found:
        stream.write(json.dumps(json_object(name, article), ensure_ascii=False) + "\n")
        stream.flush()


def _write_csv(found: Named, view: View, model: Model, stream: TextIO) -> None:
    columns = columns_of(view, model)
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    for at, (name, article) in enumerate(found):
        # Not before: what can't be read at all leaves no output.
        if at == 0:
            writer.writeheader()
        writer.writerows(rows_of(view, name, article, model))
        stream.flush()


def _write_tables(found: Named, view: View, model: Model, stream: TextIO) -> None:
    from stancekit.cli.display import show_article
    from stancekit.cli.views import show_view

    console = result_console(stream)
    for name, article in found:
        if view is View.SENTENCES:
            show_article(console, name, article)
        else:
            show_view(console, view, name, rows_of(view, name, article, model), model)


def _noted(found: Named) -> Iterator[tuple[str, Article]]:
    """Pass articles on; say on standard error what a CSV has no place for."""
    for name, article in found:
        for note in article.notes:
            tell(f"{name}: {note}", "Note")
        yield name, article


def _watched(found: Named, n_articles: int, output: Path | None) -> Named:
    """Count articles on a bar, where it disturbs nothing."""
    from stancekit.progress import track

    seen_already = output is None and is_terminal(sys.stdout)
    show = n_articles > 1 and is_terminal(sys.stderr) and not seen_already
    return track(found, "articles", total=n_articles, show=show)


def _names(actors: Sequence[str] | None) -> list[str] | None:
    if not actors:
        return None
    names = [name.strip() for given in actors for name in given.split(",") if name.strip()]
    if not names:
        raise InputError("--actors: expected names, separated by commas; found none")
    return names
