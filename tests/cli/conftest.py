from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from stancekit.cli.app import app
from stancekit.model import Model
from stancekit.store import load

GOLDEN = Path(__file__).parents[1] / "golden"
ARTICLE = """Ostava thanks Kenya for its help

NAIROBI, March 3 - Ostava praised Kenya for its help, a spokesman for the ministry said.
Ostava condemned France for the attack. More rain may fall at the weekend.

Related Posts
A short history of rain
"""


@pytest.fixture
def model_path() -> Path:
    return GOLDEN / "format-1"


@pytest.fixture(scope="session")
def model() -> Model:
    return load(GOLDEN / "format-1")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "rain.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles, one of them in a folder of its own, and what is none."""
    place = tmp_path / "articles"
    (place / "older").mkdir(parents=True)
    for name in ("b.txt", "a.TXT", "older/c.txt"):
        (place / name).write_text(ARTICLE, encoding="utf-8")
    (place / ".hidden.txt").write_bytes(b"\xff")
    (place / "notes.md").write_bytes(b"\xff")
    return place


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command in this process."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)

    return run


@pytest.fixture
def command_line() -> Callable[..., list[str | bytes]]:
    """Write the command for a process of its own."""

    def command_line(*arguments: object) -> list[str | bytes]:
        words = [one if isinstance(one, bytes) else str(one) for one in arguments]
        return [sys.executable, "-m", "stancekit.cli", *words]

    return command_line


@pytest.fixture
def command(
    command_line: Callable[..., list[str | bytes]],
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command in a process of its own."""

    def command(
        *arguments: object, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command_line(*arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            env={**os.environ, "COLUMNS": "80", **(env or {})},
            check=False,
        )

    return command
