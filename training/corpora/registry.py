"""The SHA-256 of every corpus file, and the check against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stancekit.errors import MAX_ROWS_SHOWN, InputError
from training.corpora.catalogue import CORPORA, Corpus

REGISTRY = Path(__file__).with_name("registry.txt")


@dataclass(frozen=True)
class Mismatch:
    """A file that is not what the registry says.

    Attributes
    ----------
    file
        Path below the root of all corpora.
    expected
        SHA-256 in hex.
    got
        SHA-256 in hex, or ``None`` when the file is missing.
    """

    file: str
    expected: str
    got: str | None


@cache
def load_registry() -> dict[str, str]:
    """Read the registry: path below the root of all corpora, SHA-256 in hex."""
    lines = REGISTRY.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def registered(corpus: Corpus) -> dict[str, str]:
    """Return the part of the registry that belongs to one corpus."""
    return {
        file: digest
        for file, digest in load_registry().items()
        if file.startswith(f"{corpus.folder}/")
    }


def mismatches(root: Path, corpus: Corpus) -> list[Mismatch]:
    """List the files of a corpus that are missing or differ from the registry."""
    checked = (
        Mismatch(file, expected, _sha256(root / file))
        for file, expected in registered(corpus).items()
    )
    return [mismatch for mismatch in checked if mismatch.got != mismatch.expected]


def verify(root: Path, corpora: Iterable[Corpus] = CORPORA) -> None:
    """Check every file against the registry; call this before reading.

    Parameters
    ----------
    root
        The folder that holds all corpora.
    corpora
        Which of them to check.

    Raises
    ------
    InputError
        When files are missing or differ, with the expected and the found hash of each.
    """
    bad = [mismatch for corpus in corpora for mismatch in mismatches(root, corpus)]
    if bad:
        raise InputError("\n".join(_report(root, bad)))


def _sha256(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _report(root: Path, bad: list[Mismatch]) -> Iterable[str]:
    yield f"{root}: {len(bad):,} of {len(load_registry()):,} files are not as registered"
    for mismatch in bad[:MAX_ROWS_SHOWN]:
        got = f"got {mismatch.got}" if mismatch.got else "the file is missing"
        yield f"  {mismatch.file}: expected sha256 {mismatch.expected}, {got}"
    if len(bad) > MAX_ROWS_SHOWN:
        yield f"  ... and {len(bad) - MAX_ROWS_SHOWN:,} more"
    yield f"Run: python -m training.corpora fetch --to {root}"
