"""What every reader needs: a file that must be there, text cells, stable digests and splits."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from stancekit.errors import InputError

DEV_SHARE = 0.1


def require(path: Path) -> Path:
    """Return ``path`` when it exists.

    Raises
    ------
    InputError
        When it does not, with the command that fetches the corpora.
    """
    if not path.exists():
        raise InputError(
            f"{path}: expected a corpus file or folder here, found none.\n"
            "Run: python -m training.corpora fetch --to DIR, and give that DIR as the root."
        )
    return path


def read_text(path: Path) -> str:
    """Read a UTF-8 file, line ends as they are, so that character offsets hold.

    Raises
    ------
    InputError
        When the file is missing or is not UTF-8.
    """
    try:
        return require(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: expected UTF-8 text, found {error}. Fetch it again.") from error


def read_cells(path: Path) -> pd.DataFrame:
    """Read a CSV file with every cell as text: an empty cell is ``""`` and "NA" stays "NA".

    Raises
    ------
    InputError
        When the file is missing.
    """
    return pd.read_csv(require(path), dtype=str, keep_default_na=False)


def text_digest(text: str) -> str:
    """Return the first 12 hex digits of a text's SHA-1: an identity, not a safeguard.

    Examples
    --------
    >>> text_digest("Rates rose.")
    '5c784ada71a0'
    """
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def hashed_split(doc_id: str, *, dev_share: float = DEV_SHARE) -> str:
    """Put a document into ``"dev"`` or ``"train"`` by its name alone, the same on every machine.

    Parameters
    ----------
    doc_id
        The document's name; all its sentences go to one part.
    dev_share
        Expected share of documents in the development part, 0 to 1.

    Examples
    --------
    >>> hashed_split("allsides_12_7"), hashed_split("allsides_12_7", dev_share=1.0)
    ('train', 'dev')
    """
    return "dev" if int(text_digest(doc_id), 16) < dev_share * 16**12 else "train"
