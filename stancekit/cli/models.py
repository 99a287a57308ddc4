"""``stancekit models``: the bundled models."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from stancekit.cli.consoles import keep_odd_characters, result_console, tell
from stancekit.cli.options import DEFAULT_MODEL

if TYPE_CHECKING:
    from rich.table import Table

    from stancekit.store import Summary

_MEGABYTE = 1e6


def models() -> None:
    """List the bundled models: what they tell apart, and how large they are.

    A model of your own is the folder that ``stancekit train`` wrote.

    Examples
    --------
    $ stancekit models
    $ stancekit label article.txt --model news-lexical
    """
    from stancekit.store import available

    summaries = available()
    if not summaries:
        tell("no model came with this installation; train one: stancekit train", "Note")
        return
    keep_odd_characters(sys.stdout)
    result_console(sys.stdout).print(_table(summaries))


def _table(summaries: list[Summary]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    table.add_column("model", style="bold", no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("tells apart")
    table.add_column("description")
    for model in summaries:
        labels = [f"{head}: {', '.join(names)}" for head, names in _heads(model) if names]
        name = f"{model.name}\n(default)" if model.name == DEFAULT_MODEL else model.name
        size = f"{model.n_bytes / _MEGABYTE:.1f} MB"
        table.add_row(Text(name), size, Text("\n".join(labels)), Text(model.description))
    return table


def _heads(model: Summary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("claims", model.claim_labels), ("stances", model.stance_labels))
