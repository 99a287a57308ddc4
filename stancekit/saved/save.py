"""Writes a model's folder whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Protocol

from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.encoder.session import Encoder
from stancekit.errors import InputError, ModelError
from stancekit.progress import track
from stancekit.saved.archive import pack, unpack
from stancekit.saved.card import render_card
from stancekit.saved.fields import CARD
from stancekit.saved.heads import HEADS
from stancekit.saved.manifest import MANIFEST, FileRecord, Manifest, said_of
from stancekit.saved.read import read_manifest

LIBRARIES: Final = ("numpy", "scikit-learn", "scipy", "skops")
ENCODER_LIBRARIES: Final = ("onnxruntime", "tokenizers")


class Saveable(Protocol):
    """What can be saved: a `stancekit.model.Model`.

    Its other heads, see `stancekit.saved.heads.HEADS`, are saved too where it has them.
    """

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def claims(self) -> ClaimClassifier | None:
        """The claim head."""

    @property
    def stances(self) -> StanceClassifier | None:
        """The stance head."""

    @property
    def encoder(self) -> Encoder | None:
        """What its heads read with."""

    @property
    def about(self) -> Mapping[str, Any]:
        """What it says about itself."""


def save(
    model: Saveable,
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    progress: bool = False,
) -> Path:
    """Save a model as a folder.

    It is written beside its place and then moved there, so there is never half a model.
    An error leaves what was there before; a process killed between the two renames of an
    overwrite leaves the old model beside its place, as ``.NAME.*.old``. Saving the same
    model again gives the same bytes.

    Parameters
    ----------
    model
        With at least one fitted head.
    path
        Of the folder; folders above it are made.
    overwrite
        Replace a saved model that is there. Anything else is never replaced.
    progress
        Show a progress bar.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    InputError
        If something is there already, or the place can't be written to.
    ModelError
        If the model has no fitted head, or holds what a saved model may not hold.
    """
    target = Path(os.path.abspath(path))  # noqa: PTH100 - `Path.resolve` would follow a link
    try:
        _refuse_to_replace(target, overwrite=overwrite)
        contents = _contents(model, show=progress)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _folder_beside(target) as folder:
            for name, data in contents.items():
                _write(folder / name, data)
            _move_into_place(folder, target)
    except OSError as error:
        raise InputError(f"{target}: the model can't be written here: {error}") from error
    return target


def _contents(model: Saveable, *, show: bool) -> dict[str, bytes]:
    """Name and contents of every file, the manifest last."""
    heads = _heads(model)
    if not heads:
        raise ModelError(f"model {model.name!r} has no head to save: train it first")
    files = {}
    for kind in track(HEADS, "heads", total=len(HEADS), show=show):
        if kind.name in heads:
            _refuse_unfitted(heads[kind.name], model.name)
            files[kind.file] = pack(heads[kind.name])
            unpack(files[kind.file], kind.file)  # what can't be loaded must not be saved
    if model.encoder is not None:
        files |= model.encoder.files
    return _described(model, heads, files)


def _heads(model: Saveable) -> dict[str, Any]:
    """Return the heads that a model has, by name."""
    found = {kind.name: getattr(model, kind.name, None) for kind in HEADS}
    return {name: head for name, head in found.items() if head is not None}


def _described(
    model: Saveable, heads: Mapping[str, Any], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Add card and manifest to the other files."""
    thresholds = model.claims.thresholds_.tolist() if model.claims else []
    labels = {name: tuple(head.classes_.tolist()) for name, head in heads.items()}
    libraries = LIBRARIES + (ENCODER_LIBRARIES if model.encoder is not None else ())
    manifest = Manifest(
        name=model.name,
        stancekit=version("stancekit"),
        libraries={name: version(name) for name in libraries},
        labels=labels,
        thresholds=dict(zip(labels.get("claims", ()), thresholds, strict=True)),
        files={name: FileRecord.of(data) for name, data in files.items()},
        **said_of(model.about),
    )
    manifest.to_json()  # names a bad field before the card trips over it
    card = render_card(manifest).encode("utf-8", "backslashreplace")
    manifest = replace(manifest, files={CARD: FileRecord.of(card), **manifest.files})
    return {**files, CARD: card, MANIFEST: manifest.to_json().encode()}


def _refuse_unfitted(head: Any, name: str) -> None:
    try:
        check_is_fitted(head, "classes_")
    except NotFittedError as error:
        raise ModelError(f"model {name!r}: its {type(head).__name__} isn't fitted") from error


def _refuse_to_replace(target: Path, *, overwrite: bool) -> None:
    if not os.path.lexists(target) or _is_empty_folder(target):
        return
    if not overwrite:
        raise InputError(f"{target}: exists already; choose another path or pass overwrite=True")
    try:
        if target.is_symlink():
            raise ModelError("a link")
        known = {MANIFEST, *read_manifest(target).files}
        strangers = {entry.name for entry in target.iterdir()} - known
        if strangers:
            raise ModelError(f"it also holds {', '.join(sorted(strangers))}")
    except (ModelError, OSError) as error:
        raise InputError(
            f"{target}: is no saved model, so it isn't overwritten: {error}"
        ) from error


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """Make a temporary folder on the same disk; whatever is left of it is removed."""
    folder = _hidden(target, "new")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hidden(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.{what}")


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move_into_place(folder: Path, target: Path) -> None:
    """Rename the new folder to its place; a model that is there is kept until it stands."""
    if not target.exists():
        folder.rename(target)
        return
    old = _hidden(target, "old")
    target.rename(old)
    try:
        folder.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
