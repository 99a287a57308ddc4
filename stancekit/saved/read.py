"""Reads a model's folder: every file is checked before it is used, and used as checked."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stancekit.classify.linear import LinearHead
from stancekit.encoder.session import GRAPH_FILE, TOKENIZER_FILE, Encoder
from stancekit.errors import ModelError
from stancekit.saved.archive import unpack
from stancekit.saved.heads import HeadKind
from stancekit.saved.manifest import MANIFEST, FileRecord, Manifest

_MAX_MANIFEST: Final = 4 * 2**20
_NEXT_STEP: Final = "The folder is damaged or was changed: copy it again, or train the model again."


@dataclass(frozen=True)
class Saved:
    """The parts of a model, as read from its folder.

    Attributes
    ----------
    name
        Of the model.
    heads
        Fitted, by name (see `stancekit.saved.heads.HEADS`); those that the model has.
    encoder
        None where the heads need none.
    about
        What the model says about itself.
    """

    name: str
    heads: Mapping[str, Any]
    encoder: Encoder | None
    about: Mapping[str, Any]


def read_manifest(folder: Path) -> Manifest:
    """Read ``manifest.json`` of a model's folder.

    Raises
    ------
    ModelError
        If the folder has none, or it is damaged or of another format.
    OSError
        If the disk refuses.
    """
    path = folder / MANIFEST
    if not os.path.lexists(path):
        found = f"no {MANIFEST} in it" if folder.is_dir() else "no folder"
        raise ModelError(f"{folder}: expected the folder of a saved model; found {found}")
    return Manifest.from_json(_read(path, _MAX_MANIFEST, max_links=None), str(path))


def read_saved(folder: Path, *, max_links: int | None = 1) -> Saved:
    """Read a model's folder.

    Parameters
    ----------
    folder
        Of the model.
    max_links
        How many names a file may have on the disk: more are hard links, through which it
        can change from elsewhere. None allows any number.

    Raises
    ------
    ModelError
        If a file is missing, changed, linked or not listed, a head isn't what the
        manifest says, or the encoder can't be used.
    OSError
        If the disk refuses.
    """
    manifest = read_manifest(folder)
    _refuse_strangers(folder, manifest)
    contents = {
        name: _read_recorded(folder / name, record, max_links)
        for name, record in manifest.files.items()
    }
    heads = {
        head.name: _head(head, contents[head.file], manifest.labels[head.name], folder / head.file)
        for head in manifest.heads
    }
    encoder = None
    if manifest.has_encoder:
        encoder = Encoder(contents[GRAPH_FILE], contents[TOKENIZER_FILE], folder=str(folder))
    return Saved(manifest.name, heads, encoder, manifest.about)


def _refuse_strangers(folder: Path, manifest: Manifest) -> None:
    # Hidden files are what desktops and version control leave; none is ever read.
    found = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    strangers = sorted(found - {MANIFEST, *manifest.files})
    if strangers:
        raise ModelError(
            f"{folder}: expected only the files that {MANIFEST} lists; found also "
            f"{', '.join(strangers)}. Move them elsewhere."
        )


def _read_recorded(path: Path, record: FileRecord, max_links: int | None) -> bytes:
    data = _read(path, record.n_bytes, max_links)
    if len(data) != record.n_bytes:
        found = f"{len(data):,}" if len(data) < record.n_bytes else "more"
        raise ModelError(f"{path}: expected {record.n_bytes:,} bytes; found {found}. {_NEXT_STEP}")
    if hashlib.sha256(data).hexdigest() != record.sha256:
        raise ModelError(
            f"{path}: expected the contents that {MANIFEST} records (sha256 "
            f"{record.sha256[:12]}...); found others. {_NEXT_STEP}"
        )
    return data


def _read(path: Path, most: int, max_links: int | None) -> bytes:
    """Read a plain file, up to one byte more than expected."""
    try:
        _refuse_link(path, path.lstat(), max_links)
        with open(path, "rb", opener=_open_unlinked) as file:
            _refuse_link(path, os.fstat(file.fileno()), max_links)
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise ModelError(f"{path.parent}: missing {path.name}. {_NEXT_STEP}") from error


def _open_unlinked(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _refuse_link(path: Path, status: os.stat_result, max_links: int | None) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise ModelError(f"{path}: expected a file of its own; found a symbolic link")
    if not stat.S_ISREG(status.st_mode):
        raise ModelError(f"{path}: expected a file; found something else")
    if max_links is not None and status.st_nlink > max_links:
        raise ModelError(f"{path}: expected a file of its own; found a hard link. Copy the folder.")


def _head(kind: HeadKind, data: bytes, labels: tuple[str, ...], path: Path) -> Any:
    """Read a head and check that it is fitted for the labels of the manifest."""
    head, expected = unpack(data, str(path)), kind.kind
    if type(head) is not expected:
        raise ModelError(f"{path}: expected a {expected.__name__}; found {type(head).__name__}")
    try:
        found = tuple(head.classes_.tolist())
        n_rows = len(head.coef_) if issubclass(expected, LinearHead) else len(found)
    except (AttributeError, TypeError) as error:
        raise ModelError(f"{path}: expected a fitted {expected.__name__}; found {error}") from error
    if found != labels or n_rows != len(labels):
        raise ModelError(
            f"{path}: expected the labels {', '.join(labels)}; found {', '.join(map(str, found))}"
        )
    return head
