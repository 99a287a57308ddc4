"""Progress bars on standard error, for long work that a person waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

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
