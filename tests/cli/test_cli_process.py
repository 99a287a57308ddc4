from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[bytes]]
CommandLine = Callable[..., list[str | bytes]]


def test_an_error_is_one_line_and_code_2(command: Command, tmp_path: Path) -> None:
    result = command("label", tmp_path / "none.txt")

    assert result.returncode == 2
    assert result.stdout == b""
    assert result.stderr.decode() == f"Error: {tmp_path}/none.txt: no such file or folder\n"


def test_a_bad_table_lists_its_rows_without_traceback(
    command: Command, tmp_path: Path, model_path: Path
) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("doc_id,sentence_id,text,claim_types\na,S1,,predicton\n", encoding="utf-8")

    result = command("evaluate", model_path, "--claims", table)

    message = result.stderr.decode()
    assert result.returncode == 2
    assert message.startswith(f"Error: {table}: 1 bad row of 1\n")
    assert "(did you mean 'prediction'?)" in message
    assert "Traceback" not in message


def test_a_broken_pipe_is_silent(
    command_line: CommandLine, model_path: Path, article: Path
) -> None:
    article.write_text("Kenya praised France. Rain may fall.\n\n" * 700, encoding="utf-8")
    process = subprocess.Popen(
        command_line("label", article, "--model", model_path, "--format", "csv"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        assert process.stdout.readline().startswith(b"doc_id,")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_control_c_ends_with_130(
    command_line: CommandLine, tmp_path: Path, model_path: Path
) -> None:
    table = tmp_path / "out.csv"
    process = subprocess.Popen(
        command_line("label", "-", "--model", model_path, "-o", table),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell's background jobs, as on build machines, ignore the signal, and so would this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    with process:
        for _ in range(600):
            if any(tmp_path.iterdir()):
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"Interrupted: nothing more was written.\n"
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["table", "csv"])
def test_a_poor_encoding_and_odd_names_never_crash(
    command: Command, tmp_path: Path, model_path: Path, how: str
) -> None:
    name = os.fsencode(tmp_path) + b"/od\xffd.txt"
    Path(os.fsdecode(name)).write_text("Łódź praised Kenya “warmly”.", encoding="utf-8")

    result = command(
        "label",
        name,
        "--model",
        model_path,
        "--format",
        how,
        "--actors",
        b"Kenya,\xff",
        env={"PYTHONIOENCODING": "ascii"},
    )

    assert result.returncode == 0, result.stderr
    assert b"Kenya" in result.stdout
    assert b"\\udcff" in result.stdout
    assert ("Łódź".encode() in result.stdout) == (how == "csv")


def test_a_terminal_gets_the_table_in_colour(
    command_line: CommandLine, article: Path, model_path: Path
) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command_line("label", article, "--model", model_path),
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm-256color"},
    )
    os.close(theirs)
    text = b"".join(iter(lambda: _read(ours), b"")).decode()
    os.close(ours)
    process.communicate()

    assert process.returncode == 0
    assert "\x1b[1mOstava thanks Kenya for its help\x1b[0m" in text
    assert "mentions" in text


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # What Linux says at the end of a terminal.
        return b""
