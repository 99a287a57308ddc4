"""Parts of a table that are scored on their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.evaluation.outcome import BoolArray
from stancekit.features.frames import describe_sentences, describe_targets
from stancekit.labels import ACTOR_KINDS

_LENGTHS: Final = ("1 to 15 words", "16 to 30 words", "over 30 words")
_SHARES: Final = ("outside", "partly inside", "mostly inside")
_MOSTLY: Final = 0.5
_ORDERS: Final = ("holder first", "target first")
_UNKNOWN: Final = "not known"
_NOBODY: Final = "none known"
_MAX_SOURCES: Final = 12
_OTHER_SOURCES: Final = "all other sources"


@dataclass(frozen=True, eq=False)
class Slice:
    """Some rows of a table.

    Attributes
    ----------
    name, group
        What the table was divided by, and which part this is.
    rows
        Whether each row belongs to it.
    """

    name: str
    group: str
    rows: BoolArray


def claim_slices(frame: pd.DataFrame, finder: ActorFinder) -> Iterator[Slice]:
    """Divide sentences.

    Parameters
    ----------
    frame
        A checked table of claims.
    finder
        Finds the actors who speak.

    Yields
    ------
    Slice
        By the share inside direct quotations, kind of speaker, length and source; nothing
        for a division that leaves the table whole.
    """
    described = describe_sentences(frame, finder)
    quoted = described["quoted"].astype(float)
    shares = (quoted.gt(0).astype(int) + quoted.ge(_MOSTLY)).map(dict(enumerate(_SHARES)))
    yield from _divide("quotation", shares, _SHARES)
    speakers = described["speaker_kind"].replace("", _NOBODY)
    yield from _divide("speaker", speakers, (*ACTOR_KINDS, _NOBODY))
    yield from _common_slices(frame)


def stance_slices(frame: pd.DataFrame, finder: ActorFinder) -> Iterator[Slice]:
    """Divide mentions of actors.

    Parameters
    ----------
    frame
        A checked table of stances; its column ``kind`` is believed where it has one.
    finder
        Finds the actors' kinds otherwise.

    Yields
    ------
    Slice
        By whether the mention is inside a quotation, kind of actor, length of the
        sentence and source; nothing for a division that leaves the table whole.
    """
    described = describe_targets(frame, finder)
    inside = described["in_quotation"].map({True: "inside", False: "outside"})
    yield from _divide("quotation", inside, ("outside", "inside"))
    kinds = frame["kind"] if "kind" in frame else described["kind"]
    yield from _divide("actor", kinds.fillna("").replace("", _UNKNOWN), (*ACTOR_KINDS, _UNKNOWN))
    yield from _common_slices(frame)


def relation_slices(frame: pd.DataFrame, finder: ActorFinder) -> Iterator[Slice]:  # noqa: ARG001
    """Divide pairs of holder and target.

    Parameters
    ----------
    frame
        A checked table of relations.
    finder
        Not needed.

    Yields
    ------
    Slice
        By which of the two stands first, length of the sentence and source; nothing for a
        division that leaves the table whole.
    """
    leads = frame["holder_start"].lt(frame["target_start"])
    yield from _divide("order", leads.map({True: _ORDERS[0], False: _ORDERS[1]}), _ORDERS)
    yield from _common_slices(frame)


def _common_slices(frame: pd.DataFrame) -> Iterator[Slice]:
    n_words = frame["text"].map(lambda text: len(text.split()))
    lengths = n_words.gt(15).astype(int) + n_words.gt(30)
    yield from _divide("length", lengths.map(dict(enumerate(_LENGTHS))), _LENGTHS)
    if "source" in frame:
        sources = frame["source"].fillna("").astype(str).replace("", _UNKNOWN)
        largest = sources.value_counts().index[:_MAX_SOURCES]
        yield from _divide("source", sources.where(sources.isin(largest), _OTHER_SOURCES))


def _divide(name: str, groups: pd.Series[str], order: Sequence[str] = ()) -> Iterator[Slice]:
    """Divide rows by value, in a given order or by size."""
    found = list(groups.value_counts().index)
    if len(found) < 2:
        return
    known = [group for group in order if group in found]
    for group in (*known, *(group for group in found if group not in known)):
        yield Slice(name, str(group), groups.eq(group).to_numpy(dtype=bool))
