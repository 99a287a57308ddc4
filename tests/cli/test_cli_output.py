from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stancekit.cli.articles import STDIN, read_article
from stancekit.cli.output import open_output
from stancekit.errors import InputError


def test_a_file_appears_only_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    with open_output(path) as stream:
        stream.write("a\n")
        stream.flush()
        assert not path.exists()

    assert path.read_text(encoding="utf-8") == "a\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before", encoding="utf-8")

    with pytest.raises(KeyError, match="lost"), open_output(path) as stream:
        stream.write("half")
        raise KeyError("lost")

    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").touch()
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")

    with open_output(link) as stream:
        stream.write("a")

    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "a"


def test_what_utf8_lacks_is_written_with_backslashes(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    with open_output(path) as stream:
        stream.write("\udcff\r\n\N{SNOWMAN}")

    assert path.read_bytes() == b"\\udcff\r\n\xe2\x98\x83"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "out.csv"

    with (
        pytest.raises(InputError, match=r"out\.csv: cannot be written \(No such file"),
        open_output(path),
    ):
        pass


def test_a_device_is_written_to_not_replaced() -> None:
    with open_output(Path("/dev/null")) as stream:
        stream.write("a")

    assert Path("/dev/null").is_char_device()


def test_closed_streams_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(InputError, match="standard input: expected an article; found it closed"):
        read_article(STDIN)
    with pytest.raises(InputError, match="standard output is closed"), open_output(None):
        pass


def test_a_full_disk_is_named() -> None:
    with (
        pytest.raises(InputError, match=r"/dev/full: cannot be written \(No space left"),
        open_output(Path("/dev/full")) as stream,
    ):
        stream.write("a")
