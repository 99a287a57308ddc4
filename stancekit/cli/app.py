"""The commands put together; errors become one message and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from stancekit.cli.consoles import tell
from stancekit.cli.convert import convert
from stancekit.cli.doctor import doctor
from stancekit.cli.evaluate import evaluate
from stancekit.cli.label import label
from stancekit.cli.models import models
from stancekit.cli.queue import queue
from stancekit.cli.teaching import help_and_examples
from stancekit.cli.train import train
from stancekit.errors import StancekitError

BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

_EXIT_CODES = (
    "[bold]Exit codes[/]  0 done · 1 doctor: something must be mended · "
    "2 input that cannot be used as given · 130 interrupted"
)
_PANELS: Final[dict[str, tuple[Callable[..., None], ...]]] = {
    "Read articles": (label, models),
    "Train and evaluate": (train, evaluate),
    "Prepare labels": (doctor, queue, convert),
}


class Commands(TyperGroup):
    """The group of all commands: what goes wrong ends in one message, not a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for.

        Raises
        ------
        typer.Exit
            With code 2 for an error of the user's input, 130 after Ctrl-C.
        """
        try:
            return super().invoke(ctx)
        except StancekitError as error:
            tell(str(error), "Error", style="bold red")
            raise typer.Exit(BAD_INPUT) from error
        except KeyboardInterrupt as error:
            tell("nothing more was written.", "Interrupted")
            raise typer.Exit(INTERRUPTED) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            tell(_plain(error), "Error", style="bold red")
            raise typer.Exit(BAD_INPUT) from error


def _plain(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stancekit {version('stancekit')}")
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def stancekit(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Read the news: what each sentence claims, who speaks, and how it stands toward whom.

    Examples
    --------
    $ stancekit label article.txt                 # a table in the terminal
    $ stancekit label articles/ > sentences.csv   # a folder to a CSV
    $ stancekit COMMAND --help                    # every command shows examples
    """


_help, _examples = help_and_examples(stancekit)
app.callback(help=_help, epilog=f"{_examples}\n\n{_EXIT_CODES}")(stancekit)
for _panel, _commands in _PANELS.items():
    for _command in _commands:
        _help, _examples = help_and_examples(_command)
        app.command(
            help=_help,
            epilog=_examples,
            rich_help_panel=_panel,
            no_args_is_help=_command is not models,
        )(_command)


def main() -> None:
    """Run the ``stancekit`` command."""
    app(prog_name="stancekit")
