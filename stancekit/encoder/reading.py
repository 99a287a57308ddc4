"""What the encoder makes of a sentence: a vector for every token, span and the whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from stancekit.encoder.session import Encoder, Float32, Int32
from stancekit.encoder.windows import Window, pack


@dataclass(frozen=True, eq=False)
class SentenceReading:
    """The vectors of one sentence.

    A span's vector is the plain mean of its tokens', so what a linear head gives it is the
    mean of what it gives the tokens.

    Attributes
    ----------
    offsets
        Shape (n, 2): characters of the sentence that each token stands for, end exclusive.
    vectors
        float32, shape (n, width). n is 0 for a sentence without tokens.
    """

    offsets: Int32
    vectors: Float32

    @cached_property
    def mean(self) -> Float32:
        """Vector of the sentence, shape (width,): the mean of its tokens, zeros if none."""
        return _mean(self.vectors)

    def span(self, start: int, end: int) -> Float32:
        """Return the vector of a span.

        Parameters
        ----------
        start, end
            Characters of the sentence, end exclusive.

        Returns
        -------
        float32 array of shape (width,)
            Mean of the tokens that overlap the span; zeros if none does.
        """
        return self.mean_of(self.tokens_in(start, end))

    def mean_of(self, tokens: slice | NDArray[np.intp]) -> Float32:
        """Average tokens, given by number; zeros if there are none."""
        return _mean(self.vectors[tokens])

    def covers(self, start: int, end: int) -> bool:
        """Say whether a token overlaps a span."""
        tokens = self.tokens_in(start, end)
        return bool(tokens.start < tokens.stop)

    def tokens_in(self, start: int, end: int) -> slice:
        """Return the tokens that overlap a span, by number."""
        return slice(bisect_right(self.ends, start), bisect_left(self.starts, end))

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins; never falls."""
        starts: list[int] = self.offsets[:, 0].tolist()
        return starts

    @cached_property
    def ends(self) -> list[int]:
        """Where each token ends; never falls."""
        ends: list[int] = self.offsets[:, 1].tolist()
        return ends


def read_sentences(encoder: Encoder, texts: Sequence[str]) -> list[SentenceReading]:
    """Read the consecutive sentences of one document.

    Parameters
    ----------
    encoder
        Reads them, in windows.
    texts
        Any strings; nothing of an over-long one is dropped.

    Returns
    -------
    list of SentenceReading
        One per sentence; the same sentences always give the same vectors.

    Raises
    ------
    ModelError
        If the encoder can't be run.
    """
    tokens = encoder.tokenize(texts)
    ids = [one.ids for one in tokens]
    vectors = [np.zeros((len(one), encoder.width), dtype=np.float32) for one in ids]
    for window in pack([len(one) for one in ids]):
        _read_window(encoder, window, ids, vectors)
    return [SentenceReading(one.offsets, found) for one, found in zip(tokens, vectors, strict=True)]


def _read_window(
    encoder: Encoder, window: Window, ids: Sequence[list[int]], vectors: Sequence[Float32]
) -> None:
    """Read a window and put the vectors that are kept in their places."""
    content = [encoder.start]
    for piece in window:
        content += [*ids[piece.sentence][piece.start : piece.end], encoder.end]
    read = encoder.run(content)
    at = 1
    for piece in window:
        size = piece.end - piece.start
        if piece.is_kept:
            vectors[piece.sentence][piece.start : piece.end] = read[at : at + size]
        at += size + 1


def _mean(vectors: Float32) -> Float32:
    if len(vectors) == 0:
        return np.zeros(vectors.shape[1], dtype=np.float32)
    # Summed in double precision: single loses digits where there are many tokens.
    total = np.add.reduce(vectors, axis=0, dtype=np.float64)
    return np.asarray(total / len(vectors), dtype=np.float32)
