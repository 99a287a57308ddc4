"""Sentences to vectors: windows of consecutive sentences, read once by a small network."""

from __future__ import annotations

from stancekit.encoder.cache import CachedReader
from stancekit.encoder.reading import SentenceReading, read_sentences
from stancekit.encoder.session import GRAPH_FILE, TOKENIZER_FILE, Encoder, Tokens
from stancekit.encoder.windows import SIZE, Piece, Window, pack

__all__ = [
    "GRAPH_FILE",
    "SIZE",
    "TOKENIZER_FILE",
    "CachedReader",
    "Encoder",
    "Piece",
    "SentenceReading",
    "Tokens",
    "Window",
    "pack",
    "read_sentences",
]
