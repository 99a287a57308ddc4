"""``python -m training.dataset``: make and describe the CSVs of ``datasets/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from stancekit.labels import join_types
from training.agreement import COLUMNS, cells, measure, settling
from training.articles import MarkedArticle, MarkedMention
from training.counts import count_tables
from training.labelled import FOLDER, LabelledSentence, read_labelled

SOURCE: Final = "stancekit"
TABLES: Final = ("claims", "stances", "relations", "actors")
Row: TypeAlias = dict[str, str | int]


def _keys(row: LabelledSentence) -> Row:
    return {
        "doc_id": row.article.doc_id,
        "sentence_id": row.sentence.sentence_id,
        "text": row.sentence.text,
    }


def _provenance(row: LabelledSentence) -> Row:
    return {"split": row.article.header["split"], "source": SOURCE}


def claim_row(row: LabelledSentence) -> Row:
    """Make the row of ``claims.csv`` for one sentence."""
    labels = row.final
    return {
        **_keys(row),
        "claim_types": join_types(labels.claim_types),
        "speaker": labels.speaker,
        "official": labels.official,
        **_provenance(row),
        "paragraph": row.sentence.paragraph,
        "first_pass": join_types(row.first.claim_types),
        "second_pass": join_types(row.second.claim_types),
        "settled": row.origin("types", "speaker", "official"),
    }


def stance_rows(row: LabelledSentence) -> Iterator[Row]:
    """Make the rows of ``stances.csv`` for one sentence, one a marked mention."""
    kinds = {name: kind for name, kind, _ in row.article.actors}
    said = zip(row.first.stances, row.second.stances, row.final.stances, strict=True)
    for number, (mention, (first, second, final)) in enumerate(
        zip(row.sentence.mentions, said, strict=True), 1
    ):
        yield {
            **_keys(row),
            "start": mention.start,
            "end": mention.end,
            "actor": mention.actor,
            "kind": kinds[mention.actor],
            "stance": final[0],
            "holder": final[1],
            **_provenance(row),
            "first_pass": first[0],
            "second_pass": second[0],
            "settled": row.origin(f"stance:{number}"),
        }


def relation_rows(row: LabelledSentence) -> Iterator[Row]:
    """Make the rows of ``relations.csv`` for one sentence.

    A stance whose holder is marked in the same sentence relates the holder's first
    mention to the target. One neutral pair a sentence stands beside them, its place in
    the list of possible pairs given by the sentence's number, so that neither order nor
    distance tells it apart.
    """
    pairs = list(_held_pairs(row))
    yield from (_relation(row, *pair) for pair in pairs)
    neutral = list(_neutral_pairs(row))
    if neutral:
        number = row.article.sentences.index(row.sentence)
        yield _relation(row, *neutral[number % len(neutral)], "neutral")


def _held_pairs(row: LabelledSentence) -> Iterator[tuple[MarkedMention, MarkedMention, str]]:
    firsts = {mention.actor: mention for mention in reversed(row.sentence.mentions)}
    for target, (stance, holder) in zip(row.sentence.mentions, row.final.stances, strict=True):
        if stance != "neutral" and holder in firsts and holder != target.actor:
            yield firsts[holder], target, stance


def _neutral_pairs(row: LabelledSentence) -> Iterator[tuple[MarkedMention, MarkedMention]]:
    related = {frozenset((h.actor, t.actor)) for h, t, _ in _held_pairs(row)}
    for holder in row.sentence.mentions:
        for target in row.sentence.mentions:
            actors = frozenset((holder.actor, target.actor))
            if len(actors) > 1 and actors not in related:
                yield holder, target


def _relation(
    row: LabelledSentence, holder: MarkedMention, target: MarkedMention, stance: str
) -> Row:
    return {
        **_keys(row),
        "holder_start": holder.start,
        "holder_end": holder.end,
        "target_start": target.start,
        "target_end": target.end,
        "stance": stance,
        **_provenance(row),
    }


def actor_rows(article: MarkedArticle) -> Iterator[Row]:
    """Make the rows of ``actors.csv`` for one article."""
    for name, kind, country in article.actors:
        yield {"doc_id": article.doc_id, "actor": name, "kind": kind, "country": country}


def make_tables(rows: Sequence[LabelledSentence]) -> dict[str, pd.DataFrame]:
    """Make the four tables, by name, from labelled sentences."""
    articles = {row.article.doc_id: row.article for row in rows}
    records = {
        "claims": [claim_row(row) for row in rows],
        "stances": [record for row in rows for record in stance_rows(row)],
        "relations": [record for row in rows for record in relation_rows(row)],
        "actors": [record for article in articles.values() for record in actor_rows(article)],
    }
    return {name: pd.DataFrame(records[name]) for name in TABLES}


app = typer.Typer(help="Make and describe the CSVs of datasets/.", no_args_is_help=True)
console = Console()
_Folder = Annotated[Path, typer.Option(help="Holds articles/ and passes/; the CSVs go here.")]


@app.command()
def build(folder: _Folder = FOLDER) -> None:
    """Write claims.csv, stances.csv, relations.csv and actors.csv."""
    for name, table in make_tables(read_labelled(folder)).items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        console.print(f"{folder / name}.csv: {len(table):,} rows", highlight=False)


@app.command()
def agreement(folder: _Folder = FOLDER) -> None:
    """Show how far the passes agree, as measured before settling, and what was settled."""
    rows = read_labelled(folder)
    _show(COLUMNS, (cells(row) for row in measure(rows)))
    _show(("settling", "number"), ((name, f"{n:,}") for name, n in settling(rows).items()))


@app.command()
def count(folder: _Folder = FOLDER) -> None:
    """Count labels, topics and registers by split."""
    rows = read_labelled(folder)
    for table in count_tables(rows, make_tables(rows)):
        numbers = zip(table.index, table.to_numpy().tolist(), strict=True)
        _show(
            (str(table.index.name), *table.columns),
            ((str(name), *(f"{n:,}" for n in row)) for name, row in numbers),
        )


def _show(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    app()
