"""Work spread over processes, each of which loads what they share once."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import joblib

Shared = TypeVar("Shared")
Batch = TypeVar("Batch")
Result = TypeVar("Result")


def spread(
    work: Callable[[Shared, Batch], Result],
    shared: Shared,
    batches: Iterable[Batch],
    *,
    n_jobs: int,
) -> Generator[Result]:
    """Work through batches in several processes.

    Parameters
    ----------
    work
        Takes `shared` and a batch; it must be picklable.
    shared
        Something large, such as a model: it travels once to each process, not with each batch.
    batches
        Any iterable, also an endless one: it is read little by little.
    n_jobs
        Processes; -1 takes every core.

    Yields
    ------
    result
        Of each batch, in order.
    """
    with TemporaryDirectory(prefix="stancekit-") as folder:
        path = Path(folder) / "shared"
        joblib.dump(shared, path)
        calls = (joblib.delayed(_work)(work, str(path), batch) for batch in batches)
        results = joblib.Parallel(n_jobs, return_as="generator")(calls)
        try:
            for result in results:  # noqa: UP028 - `yield from` would let joblib warn of a stop
                yield result
        finally:
            _close_quietly(results)


def _work(work: Callable[[Any, Batch], Result], path: str, batch: Batch) -> Result:
    return work(_loaded(path), batch)


@lru_cache(maxsize=1)
def _loaded(path: str) -> Any:
    # The path is new each time, so a process never works with an older one's contents.
    return joblib.load(path)


def _close_quietly(results: Generator[Any]) -> None:
    """Stop the work that was begun ahead; joblib warns of it, but to stop early is no fault."""
    # Filters belong to the process: another thread may put back one that raises.
    with warnings.catch_warnings(), suppress(UserWarning):
        warnings.simplefilter("ignore")
        results.close()
