from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Put = Callable[..., Path]


@pytest.fixture
def put_lines(tmp_path: Path) -> Put:
    """Write records as JSONL."""

    def write(*records: Any) -> Path:
        path = tmp_path / "mine.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def put_tasks(tmp_path: Path) -> Put:
    """Write tasks as Label Studio exports them."""

    def write(*tasks: Any) -> Path:
        path = tmp_path / "mine.json"
        path.write_text(json.dumps(tasks), encoding="utf-8")
        return path

    return write
