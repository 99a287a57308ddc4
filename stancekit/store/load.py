"""Loads models: bundled ones by name, others by path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from stancekit.errors import ModelError, did_you_mean
from stancekit.model import Model
from stancekit.saved.manifest import MANIFEST
from stancekit.saved.read import Saved, read_manifest, read_saved

DEFAULT: Final = "news-encoder"
"""The bundled model that is used when none is named."""


@dataclass(frozen=True)
class Summary:
    """What a bundled model is.

    Attributes
    ----------
    name
        What `load` calls it.
    n_bytes
        Size of its files.
    claim_labels, stance_labels
        In column order.
    description
        In a few sentences.
    """

    name: str
    n_bytes: int
    claim_labels: tuple[str, ...]
    stance_labels: tuple[str, ...]
    description: str


def load(name_or_path: str | os.PathLike[str] = DEFAULT) -> Model:
    """Load a saved model.

    Every file is checked against the manifest and nothing is unpickled, which is more
    secure than a pickle. The checks tell damage and keep foreign types out; they don't
    tell who made the model.

    Parameters
    ----------
    name_or_path
        Name of a bundled model, which is loaded once per process and then shared, or path
        of a saved one. A name wins over a path: write ``./name`` for a folder that is
        called like a bundled model.

    Returns
    -------
    Model

    Raises
    ------
    ModelError
        If there is no such model, or its folder is damaged, was changed or holds a type
        that isn't trusted.

    Examples
    --------
    >>> import stancekit
    >>> stancekit.load("news-lexical").stance_labels
    ('supportive', 'neutral', 'critical')
    """
    name = os.fspath(name_or_path)
    folder = Path(name_or_path)
    try:
        if name_or_path in _bundled():
            return _load_bundled(name)
        if name and folder.exists():
            return _model(read_saved(folder))
    except OSError as error:
        raise ModelError(f"{folder}: can't be read: {error.strerror}") from error
    raise ModelError(_unknown(name))


def available() -> list[Summary]:
    """Summarise the bundled models.

    Returns
    -------
    list of Summary
        In the order of their names.

    Raises
    ------
    ModelError
        If a bundled model is damaged.
    """
    return [_summary(name) for name in _bundled()]


def _summary(name: str) -> Summary:
    manifest = read_manifest(_models() / name)
    return Summary(
        name,
        manifest.n_bytes,
        manifest.claim_labels,
        manifest.stance_labels,
        manifest.description,
    )


@cache
def _load_bundled(name: str) -> Model:
    # Installers may keep one copy of a package for many environments, by hard links.
    return _model(read_saved(_models() / name, max_links=None))


def _model(saved: Saved) -> Model:
    return Model(**saved.heads, encoder=saved.encoder, name=saved.name, about=saved.about)


def _models() -> Path:
    return Path(str(resources.files("stancekit"))) / "models"


def _bundled() -> list[str]:
    return sorted(path.parent.name for path in _models().glob(f"*/{MANIFEST}"))


def _unknown(name: str) -> str:
    known = _bundled()
    return (
        f"no model {name!r}{did_you_mean(name, known)}: expected a bundled model "
        f"({', '.join(known) or 'none is installed'}) or the folder of a saved one"
    )
