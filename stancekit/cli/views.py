"""The views of an article as tables for people, whatever the width of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stancekit.cli.display import plain
from stancekit.cli.rows import Row, View

if TYPE_CHECKING:
    from stancekit.model import Model

_Show: TypeAlias = Callable[[Row], str]
_Cells: TypeAlias = Sequence[str]
_MAX_WIDTH: Final = 132
_MAX_NAME: Final = 20
_MIN_TEXT: Final = 24
_GAP: Final = 2


@dataclass(frozen=True)
class _Column:
    """A column of a table.

    Attributes
    ----------
    title
        Above it.
    show
        Row to cell.
    kind
        ``"short"`` is never broken, ``"name"`` is at most a few words wide, ``"text"`` takes
        the room that is left; only where a terminal is too narrow for a table is a word broken.
    """

    title: str
    show: _Show
    kind: str = "name"


def show_view(console: Console, view: View, name: str, rows: Iterable[Row], model: Model) -> None:
    """Print one view of an article as a table.

    Offsets and identifiers are left to the CSV.

    Parameters
    ----------
    console
        Where to; its width decides where cells are broken.
    view
        Any but the sentences.
    name
        What the article is called.
    rows
        As `stancekit.cli.rows.rows_of` gives them.
    model
        Its labels head columns.
    """
    columns = list(_columns(view, model))
    cells = [[plain(column.show(row)) for column in columns] for row in rows]
    console.print(Text(plain(name) if cells else f"{plain(name)}: no {view}", style="bold"))
    if not cells:
        return
    width = min(console.width, _MAX_WIDTH)
    widths = _widths(columns, list(zip(*cells, strict=True)), width - _GAP * len(columns))
    for part in [_table(columns, widths, cells)] if widths else _blocks(columns, cells):
        console.print(part, width=width)


def _widths(columns: Sequence[_Column], cells: Sequence[_Cells], room: int) -> list[int]:
    """Share the room out, text last; nothing where words would have to be broken."""
    widths = [_least(column, of) for column, of in zip(columns, cells, strict=True)]
    if sum(widths) > room:
        return []
    has_text = any(column.kind == "text" for column in columns)
    for kind, share in (("name", 2 if has_text else 1), ("text", 1)):
        spare = (room - sum(widths)) // share
        for at, column in enumerate(columns):
            if column.kind == kind:
                most = max(len(cell) for cell in (column.title, *cells[at]))
                wanted = min(most, _MAX_NAME) if kind == "name" else most
                extra = min(max(wanted - widths[at], 0), spare)
                widths[at] += extra
                spare -= extra
    return widths


def _least(column: _Column, cells: _Cells) -> int:
    """Return the width below which words, or whole cells, would be broken."""
    whole = (column.title, *cells)
    if column.kind == "short":
        return max(map(len, whole))
    longest = max((len(word) for cell in whole for word in cell.split()), default=0)
    return max(_MIN_TEXT if column.kind == "text" else 0, min(longest, _MAX_NAME))


def _table(columns: Sequence[_Column], widths: Sequence[int], rows: Iterable[_Cells]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="dim")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column.title, width=width, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _blocks(columns: Sequence[_Column], rows: Iterable[_Cells]) -> Iterator[Table]:
    """Lay rows out one below the other, for a terminal too narrow for a table."""
    for row in rows:
        block = Table.grid(padding=(0, 2))
        block.add_column(style="dim")
        block.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            if cell:
                block.add_row(column.title, Text(cell))
        block.add_row()
        yield block


def _columns(view: View, model: Model) -> Iterator[_Column]:
    if view is View.ACTORS:
        yield from _ACTORS
        for label in model.stance_labels:
            yield _Column(label.replace("_", " "), _cell(label), "short")
    else:
        yield from _COLUMNS[view]


def _cell(column: str) -> _Show:
    return lambda row: str(row.get(column, ""))


def _stance(row: Row) -> str:
    probability = row.get("probability", row.get(row["stance"]))
    share = "" if probability is None else f" {probability:.0%}"
    return f"{row['stance'].replace('_', ' ')}{share}"


def _score(row: Row) -> str:
    return f"{row['score']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f})"


def _manner(row: Row) -> str:
    return ("direct" if row["direct"] else "reported") + (", official" if row["official"] else "")


_ID: Final = _Column("id", _cell("sentence_id"), "short")
_ACTORS: Final[Sequence[_Column]] = (
    _Column("actor", _cell("actor")),
    _Column("kind or office", lambda row: row["office"] or row["kind"].replace("_", " ")),
    _Column("country", _cell("country")),
    _Column("times", _cell("n_mentions"), "short"),
)
_COLUMNS: Final[dict[View, Sequence[_Column]]] = {
    View.STANCES: (
        _ID,
        _Column("sentence", _cell("text"), "text"),
        _Column("actor", _cell("actor")),
        _Column("stance", _stance),
        _Column("holder", _cell("holder")),
    ),
    View.QUOTATIONS: (
        _ID,
        _Column("quotation", _cell("content"), "text"),
        _Column("speaker", lambda row: row["speaker"] or row["source"]),
        _Column("cue", _cell("cue")),
        _Column("how", _manner),
    ),
    View.DOCUMENTS: (
        _Column("actor", _cell("actor")),
        _Column("stance", _stance),
        _Column("score", _score, "short"),
        _Column("sentences", _cell("n_sentences"), "short"),
        _Column("evidence", _cell("evidence"), "text"),
    ),
    View.RELATIONS: (
        _ID,
        _Column("holder", _cell("holder")),
        _Column("stance", _stance),
        _Column("target", _cell("target")),
    ),
}
