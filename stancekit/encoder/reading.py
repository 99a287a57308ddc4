"""What the encoder makes of a sentence: a vector for every token, span and the whole."""

from __future__ import annotations

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
        return _mean(self.vectors[self.tokens_in(start, end)])

    def covers(self, start: int, end: int) -> bool:
        """Say whether a token overlaps a span."""
        return bool(self.tokens_in(start, end).any())

    def tokens_in(self, start: int, end: int) -> NDArray[np.bool_]:
        """Say of each token whether it overlaps a span; shape (n,)."""
        return np.logical_and(self.offsets[:, 0] < end, self.offsets[:, 1] > start)


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
    mean: Float32 = vectors.mean(axis=0)
    return mean
