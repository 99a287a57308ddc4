"""Progress bars on standard error, for long work that a person waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")


def track(items: Iterable[T], what: str, *, total: int | None = None, show: bool) -> Iterator[T]:
    """Pass items on, counting them on a bar.

    Parameters
    ----------
    items
        Any iterable; it is consumed as the bar is.
    what
        What is counted, such as ``"articles"``.
    total
        How many there will be, if known.
    show
        Whether to show the bar at all.
    """
    if not show:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track as rich_track

    yield from rich_track(
        items, description=what, total=total, console=Console(stderr=True), transient=True
    )


@contextmanager
def steps(*, show: bool) -> Iterator[Callable[[str], None]]:
    """Show the step that long work is at, with a clock.

    Parameters
    ----------
    show
        Whether to show anything at all.

    Yields
    ------
    callable
        Tell it the name of each step as it begins.
    """
    if not show:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield lambda step: _next_step(bar, step)


def _next_step(bar: Progress, step: str) -> None:
    for task in bar.task_ids:
        bar.update(task, total=1, completed=1)
    bar.add_task(step, total=None)
