"""Packs the sentences of a document into windows that the encoder reads one by one.

A window is ``[CLS] s1 [SEP] s2 [SEP] ... sk [SEP]``, in the marks of the tokenizer. Sentences
are seen with what stands before them: a window begins with the last sentence of the one before,
read again as context.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

SIZE: Final = 192
"""Most ids of a window, the special ones included."""

CONTEXT: Final = 1
"""Sentences of the window before that a window begins with."""

_SPECIAL: Final = 2


class Piece(NamedTuple):
    """A run of one sentence's tokens in a window.

    Attributes
    ----------
    sentence
        Number of the sentence, from 0.
    start, end
        Token numbers in the sentence, end exclusive: all of them, unless it is over-long.
    is_kept
        Whether its vectors are used; those of context are read in the window before.
    """

    sentence: int
    start: int
    end: int
    is_kept: bool


Window: TypeAlias = tuple[Piece, ...]


def pack(lengths: Sequence[int], size: int = SIZE, context: int = CONTEXT) -> list[Window]:
    """Pack consecutive sentences of one document into windows.

    Parameters
    ----------
    lengths
        Tokens of each sentence, without special ones.
    size
        Most ids of a window, at least 3.
    context
        Sentences that a window repeats from the one before, where they fit.

    Returns
    -------
    list of Window
        In order. Every token is kept from exactly one window. A sentence that is too long
        for a window is cut into pieces of like length, each a window of its own; one
        without tokens is in no window.

    Examples
    --------
    >>> for window in pack([4, 3, 5], size=12):
    ...     print([(piece.sentence, piece.is_kept) for piece in window])
    [(0, True), (1, True)]
    [(1, False), (2, True)]
    """
    windows: list[Window] = []
    whole: list[int] = []
    for sentence, length in enumerate(lengths):
        if length == 0:
            continue
        if length > size - _SPECIAL:
            windows += _runs(whole, lengths, size, context)
            whole = []
            windows += _cut(sentence, length, size - _SPECIAL)
        else:
            whole.append(sentence)
    return windows + list(_runs(whole, lengths, size, context))


def _runs(
    sentences: Sequence[int], lengths: Sequence[int], size: int, context: int
) -> Iterator[Window]:
    """Pack sentences of which each fits into a window."""
    start = 0
    while start < len(sentences):
        first = _first(sentences, start, lengths, size, context)
        end, used = first, 1
        while end < len(sentences) and used + lengths[sentences[end]] < size:
            used += lengths[sentences[end]] + 1
            end += 1
        yield tuple(
            Piece(sentences[at], 0, lengths[sentences[at]], at >= start) for at in range(first, end)
        )
        start = end


def _first(
    sentences: Sequence[int], start: int, lengths: Sequence[int], size: int, context: int
) -> int:
    """Find where a window begins: as much context before ``start`` as fits with it."""
    first, used = start, lengths[sentences[start]] + _SPECIAL
    while first > max(0, start - context):
        used += lengths[sentences[first - 1]] + 1
        if used > size:
            break
        first -= 1
    return first


def _cut(sentence: int, length: int, most: int) -> Iterator[Window]:
    n_pieces = -(-length // most)
    bounds = [length * piece // n_pieces for piece in range(n_pieces + 1)]
    for start, end in pairwise(bounds):
        yield (Piece(sentence, start, end, is_kept=True),)
