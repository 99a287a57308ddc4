from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from stancekit.workers import spread


class Large:
    """Something that tells how often it was unpickled in a process."""

    n_loaded = 0

    def __init__(self, factor: int) -> None:
        self.factor = factor

    def __setstate__(self, state: dict[str, int]) -> None:
        self.__dict__ |= state
        type(self).n_loaded += 1


def multiplied(large: Large, number: int) -> int:
    return large.factor * number


def loads(large: Large, number: int) -> tuple[int, int, int]:  # noqa: ARG001
    return os.getpid(), large.factor, large.n_loaded


pytestmark = pytest.mark.slow


def test_results_come_in_order() -> None:
    found = list(spread(multiplied, Large(3), range(50), n_jobs=2))
    assert found == [3 * number for number in range(50)]


def test_what_is_shared_is_loaded_once_by_each_process() -> None:
    for factor in (5, 6):
        by_process: dict[int, set[int]] = {}
        for process, seen, n_loaded in spread(loads, Large(factor), range(30), n_jobs=2):
            assert seen == factor
            by_process.setdefault(process, set()).add(n_loaded)
        assert all(len(counts) == 1 for counts in by_process.values())


def test_stopping_early_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    results = spread(multiplied, Large(2), count(), n_jobs=2)
    assert list(islice(results, 3)) == [0, 2, 4]
    assert list(tmp_path.glob("stancekit-*"))
    results.close()
    assert not list(tmp_path.glob("stancekit-*"))


def test_a_warning_of_the_stop_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def warning_when_closed() -> Iterator[int]:
        try:
            yield 1
        finally:
            raise UserWarning("tasks have been cancelled")

    monkeypatch.setattr("joblib.Parallel", lambda *_, **__: lambda _: warning_when_closed())
    results = spread(multiplied, Large(2), count(), n_jobs=2)
    assert next(results) == 1
    results.close()


def test_an_error_of_the_work_is_raised() -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        list(spread(multiplied, Large(None), range(3), n_jobs=2))  # type: ignore[arg-type]
