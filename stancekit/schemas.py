"""What each kind of table must have: columns, and rules for every row."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from stancekit.errors import did_you_mean
from stancekit.labels import CLAIM_TYPES, STANCES, split_types

_TYPO_CUTOFF = 0.8


def _no_hint(cell: str) -> str:  # noqa: ARG001
    return ""


@dataclass(frozen=True)
class Rule:
    """One thing that must hold in every row.

    Attributes
    ----------
    columns
        The cells it looks at, all required.
    expected
        What holds, in words.
    holds
        Frame to a boolean per row.
    hint
        Cell to a suggestion, for the error.
    """

    columns: tuple[str, ...]
    expected: str
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    hint: Callable[[str], str] = _no_hint


@dataclass(frozen=True)
class Schema:
    """What a table must have.

    Attributes
    ----------
    name
        What the table is called in errors.
    required, integers
        Columns that must be there, and those that hold whole numbers.
    rules
        What must hold in every row.
    """

    name: str
    required: tuple[str, ...]
    integers: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


def _has_text(column: str) -> Rule:
    return Rule((column,), "some text", lambda frame: frame[column].astype(str).str.strip().ne(""))


def _looks_right(cell: str, known: Sequence[str]) -> bool:
    """Welcome a new label, but not one that is almost a known label."""
    return cell in known or not did_you_mean(cell, known, cutoff=_TYPO_CUTOFF)


def _label_rule(column: str, known: Sequence[str], split: Callable[[str], Sequence[str]]) -> Rule:
    @functools.cache
    def right(cell: str) -> bool:
        return all(_looks_right(label, known) for label in split(cell))

    return Rule(
        (column,),
        f"{', '.join(known)}, or labels of your own",
        lambda frame: frame[column].astype(str).map(right).astype(bool),
        lambda cell: next((did_you_mean(x, known) for x in split(cell) if not right(x)), ""),
    )


def _span_rule(start: str, end: str) -> Rule:
    return Rule(
        (start, end, "text"),
        f"0 <= {start} < {end} <= length of text",
        lambda frame: (
            (frame[start] >= 0)
            & (frame[start] < frame[end])
            & (frame[end] <= frame["text"].astype(str).str.len())
        ),
    )


def _covers_words(start: str, end: str) -> Rule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        spans = zip(frame["text"].astype(str), frame[start], frame[end], strict=True)
        # A span outside the text breaks the rule of bounds already.
        held = [
            not 0 <= a < b <= len(text) or bool(text[int(a) : int(b)].strip())
            for text, a, b in spans
        ]
        return pd.Series(held, index=frame.index, dtype=bool)

    return Rule((start, end), "a span that covers a word", holds)


def _stand_apart(first: tuple[str, str], second: tuple[str, str]) -> Rule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        apart = (frame[first[1]] <= frame[second[0]]) | (frame[second[1]] <= frame[first[0]])
        # A span that is out of bounds breaks that rule already.
        bounds = [_span_rule(*span).holds(frame) for span in (first, second)]
        return apart | ~(bounds[0] & bounds[1])

    return Rule((*first, *second), "two spans that do not overlap", holds)


_TEXT = _has_text("text")
SENTENCES = Schema("sentences", ("text",))
CONTEXT = Schema("context", ("doc_id", "sentence_id", "text"))
CLAIMS = Schema(
    "claims",
    ("doc_id", "sentence_id", "text", "claim_types"),
    rules=(_has_text("doc_id"), _TEXT, _label_rule("claim_types", CLAIM_TYPES, split_types)),
)
TARGETS = Schema(
    "targets",
    ("text", "start", "end"),
    ("start", "end"),
    (_span_rule("start", "end"), _covers_words("start", "end")),
)
NAMED_TARGETS = Schema("targets", ("text", "actor"), rules=(_has_text("actor"),))
STANCE_LABELS = (_has_text("stance"), _label_rule("stance", STANCES, lambda cell: [cell]))
STANCES_TABLE = Schema(
    "stances",
    ("doc_id", "sentence_id", "text", "start", "end", "actor", "stance"),
    ("start", "end"),
    (
        _has_text("doc_id"),
        _TEXT,
        _span_rule("start", "end"),
        _covers_words("start", "end"),
        *STANCE_LABELS,
    ),
)
_PAIR = ("holder_start", "holder_end", "target_start", "target_end")
PAIRS = Schema(
    "pairs",
    ("text", *_PAIR),
    _PAIR,
    (
        _span_rule("holder_start", "holder_end"),
        _covers_words("holder_start", "holder_end"),
        _span_rule("target_start", "target_end"),
        _covers_words("target_start", "target_end"),
        _stand_apart(("holder_start", "holder_end"), ("target_start", "target_end")),
    ),
)
RELATIONS = replace(
    PAIRS,
    name="relations",
    required=(*PAIRS.required, "stance"),
    rules=(_TEXT, *PAIRS.rules, *STANCE_LABELS),
)
