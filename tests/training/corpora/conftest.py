from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file of invented lines below ``tmp_path``, line ends as given."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write


@pytest.fixture(scope="session")
def corpora_root() -> Path:
    """The real corpora, where this machine has them."""
    root = Path(os.environ.get("STANCEKIT_CORPORA", REPOSITORY.parent / "shared" / "corpora"))
    if not root.is_dir():
        pytest.skip(f"no corpora in {root}: set STANCEKIT_CORPORA to their folder")
    return root
