"""What the words of a sentence show: of the sentence, of a target in it, of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stancekit.features.tokens import Token, tokenize

TARGET = "<target>"
"""Stands for the mention judged, whoever it is."""

MODALS = frozenset(
    "will would may might could can should must shall 'll won't wouldn't couldn't can't cannot "
    "expect expects expected forecast forecasts predict predicts predicted likely unlikely "
    "going set poised bound due risk risks threatens warns warned if unless until".split()
)
"""Openers of futures, possibilities and conditions: the words near them are paired with them."""

NEGATIONS = frozenset(
    "not no never n't nobody nothing neither nor without hardly barely cannot can't didn't "
    "doesn't don't won't wasn't isn't aren't weren't couldn't wouldn't shouldn't denied deny "
    "denies".split()
)
"""Words that turn what follows them."""

_MODAL_REACH = 4
_NEGATION_REACH = 4
_SIDE_REACH = 18
_NEAR = 3

RawPart = tuple[str, float, int, int]


def sentence_parts(row: dict[Any, Any]) -> Iterator[RawPart]:
    """Find word, word-pair and modal features of a sentence (column ``text``)."""
    tokens = tokenize(row["text"])
    yield from _grams(tokens)
    yield from _pairs_after(tokens, MODALS, _MODAL_REACH, "~")


def neighbour_parts(row: dict[Any, Any]) -> Iterator[RawPart]:
    """Find the words of the sentences before and after (columns ``before`` and ``after``)."""
    for column in ("before", "after"):
        # Not a set: its order, and with it the last bit of a sum, differs between processes.
        for form in dict.fromkeys(token.form for token in tokenize(row.get(column) or "")):
            yield f"{column}={form}", 1.0, -1, -1


def target_parts(row: dict[Any, Any]) -> Iterator[RawPart]:
    """Find what a sentence says around a target (columns ``text``, ``start``, ``end``).

    The target's own words are replaced by `TARGET`.
    """
    tokens, at = _mask(tokenize(row["text"]), row["start"], row["end"])
    yield from _grams(tokens)
    yield from _pairs_after(tokens, NEGATIONS, _NEGATION_REACH, "not ")
    yield from _sides(tokens, at)
    yield from _around(tokens, at)


def is_target(token: Token, row: dict[Any, Any]) -> bool:
    """Whether a token is part of the row's target; a row may have none."""
    return "start" in row and token.start < row["end"] and row["start"] < token.end


def modals_in(text: str) -> set[str]:
    """Collect the modal words of a sentence."""
    return {token.form for token in tokenize(text)} & MODALS


def _mask(tokens: Sequence[Token], start: int, end: int) -> tuple[list[Token], int]:
    """Put one token in the place of a target's; return where it is."""
    before = [token for token in tokens if token.end <= start]
    after = [token for token in tokens if token.start >= end]
    return [*before, Token(TARGET, start, end), *after], len(before)


def _grams(tokens: Sequence[Token]) -> Iterator[RawPart]:
    previous, begin = "<s>", 0
    for form, start, end in tokens:
        yield form, 1.0, start, end
        yield f"{previous} {form}", 1.0, begin, end
        previous, begin = form, start


def _pairs_after(
    tokens: Sequence[Token], openers: frozenset[str], reach: int, mark: str
) -> Iterator[RawPart]:
    for at, opener in enumerate(tokens):
        if opener.form in openers:
            for token in tokens[at + 1 : at + 1 + reach]:
                name = opener.form if mark == "~" else ""
                yield f"{name}{mark}{token.form}", 1.0, opener.start, token.end


def _sides(tokens: Sequence[Token], at: int) -> Iterator[RawPart]:
    for place in range(max(0, at - _SIDE_REACH), min(len(tokens), at + _SIDE_REACH + 1)):
        distance = place - at
        if distance:
            side = "left" if distance < 0 else "right"
            form, start, end = tokens[place]
            yield f"{side}={form}", 1 / (1 + abs(distance) / 4), start, end
            if abs(distance) <= _NEAR:
                yield f"{side}{_NEAR}={form}", 1.0, start, end


def _around(tokens: Sequence[Token], at: int) -> Iterator[RawPart]:
    """Trigrams that hold the target."""
    for first in range(max(0, at - 2), at + 1):
        words = tokens[first : first + 3]
        if len(words) == 3:
            yield " ".join(token.form for token in words), 1.0, words[0].start, words[-1].end
