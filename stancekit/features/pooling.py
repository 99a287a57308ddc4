"""Mean vectors of stretches of a sentence: of its target, its neighbours, its holder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.features.context import Row

if TYPE_CHECKING:
    from stancekit.encoder.reading import SentenceReading

Floats: TypeAlias = npt.NDArray[np.float32]
Places: TypeAlias = slice | npt.NDArray[np.intp]

VECTORS: Final = "vectors"
"""Key of a pooled row: a mean vector by window."""

_READINGS = ("reading", "reading_before", "reading_after")
_NEAR = 8


def _all(reading: SentenceReading, row: Row) -> Places:  # noqa: ARG001
    return slice(0, len(reading.offsets))


def _target(reading: SentenceReading, row: Row) -> Places:
    return reading.tokens_in(row["start"], row["end"])


def _near(reading: SentenceReading, row: Row) -> Places:
    left, right = bisect_right(reading.ends, row["start"]), bisect_left(reading.starts, row["end"])
    last = min(right + _NEAR, len(reading.starts))
    return np.concatenate([np.arange(max(0, left - _NEAR), left), np.arange(right, last)])


def _holder(reading: SentenceReading, row: Row) -> Places:
    return reading.tokens_in(row["holder_start"], row["holder_end"])


def _onward(reading: SentenceReading, row: Row) -> Places:
    """Find the tokens from a holder to the target after it; none for the other order."""
    return _within(reading, row["holder_end"], row["start"])


def _back(reading: SentenceReading, row: Row) -> Places:
    """Find the tokens from a target to the holder after it; none for the other order."""
    return _within(reading, row["end"], row["holder_start"])


def _within(reading: SentenceReading, start: int, end: int) -> Places:
    return slice(bisect_left(reading.starts, start), bisect_right(reading.ends, end))


WINDOWS: Final[dict[str, tuple[str, Callable[[SentenceReading, Row], Places]]]] = {
    "sentence": ("reading", _all),
    "before": ("reading_before", _all),
    "after": ("reading_after", _all),
    "target": ("reading", _target),
    "near": ("reading", _near),
    "holder": ("reading", _holder),
    "onward": ("reading", _onward),
    "back": ("reading", _back),
}
"""Name of a window -> the row's reading it is in, and a function to its tokens' places."""

_OF_SENTENCES = ("sentence", "before", "after")
_OF_TARGETS = (*_OF_SENTENCES, "target", "near")
_OF_PAIRS = ("sentence", "target", "holder", "onward", "back")


def pooled(row: Row) -> Row:
    """Put the mean vectors of a row's windows in the place of its readings.

    A mean takes a thirtieth of the memory of its tokens, which tables need; only a row that
    still has its readings can be explained by token.

    Parameters
    ----------
    row
        With ``reading``, and perhaps ``reading_before`` and ``reading_after``.

    Returns
    -------
    dict
        The row with ``vectors``: by window, shape (width,), zeros where it has no token.
    """
    windows = _OF_TARGETS if "start" in row else _OF_SENTENCES
    if "holder_start" in row:
        windows = _OF_PAIRS
    kept = {key: value for key, value in row.items() if key not in _READINGS}
    return {**kept, VECTORS: {name: mean_vector(row, name) for name in windows}}


def mean_vector(row: Row, window: str) -> Floats:
    """Average the token vectors of a window, shape (width,); zeros where it has none."""
    if VECTORS in row:
        mean: Floats = row[VECTORS][window]
        return mean
    if row.get("reading") is None:
        raise InputError(
            "expected rows with an encoder's reading of each sentence; found one without. "
            "Describe the table with encoder=..., or give the model its encoder."
        )
    key, places_of = WINDOWS[window]
    reading: SentenceReading | None = row.get(key)
    if reading is None:
        return np.zeros(row["reading"].vectors.shape[1], np.float32)
    # A sentence's own mean is kept: several rows, windows and heads ask for it.
    return reading.mean if places_of is _all else reading.mean_of(places_of(reading, row))
