"""What a tagger is given, and what it finds; light to import, unlike the tagger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]

Mark: TypeAlias = tuple[int, int, str]
"""A span of a text that the caller knows something of: start, end, name."""


class TokenVectors(Protocol):
    """A text as an encoder reads it, such as `stancekit.encoder.reading.SentenceReading`."""

    @property
    def offsets(self) -> npt.NDArray[np.int32]:
        """Character offsets of the tokens, shape (n_tokens, 2)."""

    @property
    def vectors(self) -> Vectors:
        """Their vectors, shape (n_tokens, width)."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text to tag: a sentence, or several.

    Attributes
    ----------
    text
        Any string.
    reading
        The text as the encoder reads it.
    marks
        Spans of the text that the caller knows something of, such as names in a roster.
        Those of one name don't overlap.
    """

    text: str
    reading: TokenVectors
    marks: Sequence[Mark] = ()


class TaggedSpan(NamedTuple):
    """A stretch of a text, and what it is.

    Attributes
    ----------
    start, end
        Character offsets in the text, end exclusive.
    kind
        One of the tagger's `classes_`.
    probability
        That this very span, with these borders, is of that kind.
    """

    start: int
    end: int
    kind: str
    probability: float
