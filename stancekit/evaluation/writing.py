"""Sheets of text as rich tables and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table


@dataclass(frozen=True)
class Sheet:
    """One table, as it is shown.

    Attributes
    ----------
    title
        Above it.
    header
        Names of the columns.
    rows
        Cells; all but the first column hold numbers, unless `prose`.
    caption
        Below it; may be empty.
    prose
        Whether the cells are text to read rather than numbers to compare.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    prose: bool = False


def rich_group(sheets: Iterable[Sheet], notes: Sequence[str]) -> Group:
    """Show sheets and notes in a terminal or notebook, whatever its width."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = []
    for sheet in sheets:
        parts += [Text(sheet.title, style="bold"), _table(sheet)]
        parts += [Text(f"{sheet.caption}\n" if sheet.caption else "", style="italic")]
    return Group(*parts, *(Text(f"Note: {note}") for note in notes))


def markdown(sheets: Iterable[Sheet], notes: Sequence[str]) -> str:
    r"""Write sheets and notes as GitHub-flavoured Markdown.

    Examples
    --------
    >>> sheet = Sheet("Costs", ("what", "US$"), (("a|b", "3"),))
    >>> text = markdown([sheet], ["Invented."])
    >>> text.splitlines()[2]
    '| what | US\\$ |'
    >>> text.splitlines()[4]
    '| a\\|b | 3 |'
    """
    blocks = ["\n".join(_markdown_lines(sheet)) for sheet in sheets]
    blocks += ["\n".join(f"- {_escape(note)}" for note in notes)] * bool(notes)
    return "\n\n".join(blocks) + "\n"


def _table(sheet: Sheet) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        collapse_padding=True,
        pad_edge=False,
        show_lines=sheet.prose,
    )
    for at, name in enumerate(sheet.header):
        number = at > 0 and not sheet.prose
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
    for row in sheet.rows:
        # Text, not str: a bracket in a sentence or label is no markup.
        table.add_row(*map(Text, row))
    return table


def _markdown_lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"**{_escape(sheet.title)}**", "")
    yield f"| {' | '.join(map(_escape, sheet.header))} |"
    rest = "---" if sheet.prose else "---:"
    yield f"| --- |{f' {rest} |' * (len(sheet.header) - 1)}"
    yield from (f"| {' | '.join(map(_escape, row))} |" for row in sheet.rows)
    if sheet.caption:
        yield from ("", _escape(sheet.caption))


def _escape(text: str) -> str:
    r"""Keep text from turning into markup or mathematics.

    Examples
    --------
    >>> _escape("a_b|<c> cost $5")
    'a\\_b\\|&lt;c> cost \\$5'
    """
    escaped = "".join(f"\\{sign}" if sign in r"\`*_[]|$#~" else sign for sign in text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
