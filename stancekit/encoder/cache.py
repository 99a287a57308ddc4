"""Readings kept on disk, for training: the same documents are read for many heads."""

from __future__ import annotations

import os
from collections.abc import Sequence

from joblib import Memory

from stancekit.encoder.reading import SentenceReading, read_sentences
from stancekit.encoder.session import Encoder
from stancekit.encoder.windows import CONTEXT, SIZE


class CachedReader:
    """Reads documents through a cache.

    The cache is named by the encoder's digest, the sizes of windows and the texts. It holds
    pickles: use a folder that only you can write to.

    Parameters
    ----------
    encoder
        Reads what the cache doesn't hold.
    folder
        Of the cache; made if missing. It grows by about 1.5 kB per token.
    """

    def __init__(self, encoder: Encoder, folder: str | os.PathLike[str]) -> None:
        self.encoder = encoder
        self._key = encoder.digest, SIZE, CONTEXT
        self._read = Memory(os.fspath(folder), verbose=0).cache(_read, ignore=["encoder"])

    def read(self, texts: Sequence[str]) -> list[SentenceReading]:
        """Read the consecutive sentences of one document, see `read_sentences`."""
        found: list[SentenceReading] = self._read(self.encoder, self._key, tuple(texts))
        return found

    def is_cached(self, texts: Sequence[str]) -> bool:
        """Say whether the cache holds a document."""
        return bool(self._read.check_call_in_cache(self.encoder, self._key, tuple(texts)))


def _read(
    encoder: Encoder,
    key: tuple[str, int, int],  # noqa: ARG001 - part of the name of what is cached
    texts: tuple[str, ...],
) -> list[SentenceReading]:
    return read_sentences(encoder, texts)
