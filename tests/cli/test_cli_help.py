from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer
from typer.testing import Result

import stancekit
from stancekit.cli.app import app
from stancekit.cli.options import DEFAULT_MODEL
from stancekit.store import DEFAULT

Run = Callable[..., Result]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
HEAVY = ("joblib", "numpy", "pandas", "scipy", "sklearn", "skops")


def examples() -> list[str]:
    texts = [typer.main.get_command(app).epilog, *(one.epilog for one in COMMANDS.values())]
    lines = [re.sub(r"\[dim\].*", "", line) for text in texts for line in text.splitlines()]
    return [line.rpartition("stancekit ")[2].strip() for line in lines if line.startswith("$ ")]


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom stancekit.cli import main\nsys.argv = ['stancekit', '--help']\n"
        f"try:\n    main()\nfinally:\n    sys.stderr.write(repr({HEAVY} & sys.modules.keys()))"
    )
    code = code.replace(repr(HEAVY), repr(set(HEAVY)))

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert result.stderr == b"set()"
    assert b"Usage: stancekit" in result.stdout


def test_the_first_help_names_every_command_and_exit_code(run: Run) -> None:
    text = run("--help").stdout

    assert all(name in text for name in COMMANDS)
    assert all(code in text for code in ("0 done", "1 doctor", "2 input", "130 interrupted"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example(run: Run, name: str) -> None:
    result = run(name, "-h")

    assert result.exit_code == 0
    assert "Examples" in result.stdout
    assert f" stancekit {name}" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize("example", examples())
def test_examples_are_valid_commands(example: str) -> None:
    name, *arguments = shlex.split(example)

    if arguments != ["--help"]:
        COMMANDS[name].make_context(name, arguments).close()


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"stancekit {stancekit.__version__}\n"


@pytest.mark.parametrize("arguments", [(), ("label",), ("convert",)])
def test_a_command_without_arguments_shows_its_help(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert "Usage:" in result.output
    assert result.exit_code == 2


def test_a_misspelt_command_gets_the_nearest(run: Run) -> None:
    result = run("labl")

    assert result.exit_code == 2
    assert "Did you mean 'label'?" in result.stderr


def test_the_default_model_is_that_of_the_library() -> None:
    assert DEFAULT_MODEL == DEFAULT
