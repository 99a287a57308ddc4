"""Tables of sentences or targets to the rows that features read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.errors import BadRow, TableError
from stancekit.features.context import Row, sentence_rows, target_rows
from stancekit.parse import HEADLINE, parse_sentences, speech_of
from stancekit.records import Actor, Mention


def describe_sentences(frame: pd.DataFrame, finder: ActorFinder) -> pd.DataFrame:
    """Describe the sentences of a table.

    Parameters
    ----------
    frame
        Column ``text``; rows of one ``doc_id`` are consecutive sentences and give each
        other context, a ``sentence_id`` of ``"H"`` marks a headline. Without ``doc_id``
        every row stands alone.
    finder
        Finds the actors.

    Returns
    -------
    DataFrame
        The columns of `stancekit.features.context.sentence_rows`; same rows, order, index.
    """
    ids = frame["sentence_id"].tolist() if "sentence_id" in frame else [""] * len(frame)
    rows: dict[int, Row] = {}
    for document in _documents(frame):
        article = parse_sentences(
            frame["text"].iloc[document].tolist(),
            finder=finder,
            has_headline=str(ids[document[0]]) == HEADLINE,
        )
        rows.update(zip(document, sentence_rows(article, speech_of(article)), strict=True))
    return _frame(rows, frame, ("text",))


def describe_targets(frame: pd.DataFrame, finder: ActorFinder) -> pd.DataFrame:
    """Describe the targets of a table, each in its sentence alone.

    Parameters
    ----------
    frame
        Columns ``text``, ``start``, ``end``: checked character offsets.
    finder
        Finds the actors.

    Returns
    -------
    DataFrame
        The columns of `stancekit.features.context.target_rows`; same rows, order, index.
    """
    rows: dict[int, Row] = {}
    for text, places in _groups(frame["text"]):
        article = parse_sentences([text], finder=finder)
        spans = zip(frame["start"].iloc[places], frame["end"].iloc[places], strict=True)
        targets = [_target(text, start, end, article.actors) for start, end in spans]
        rows.update(zip(places, target_rows(article, speech_of(article), targets), strict=True))
    return _frame(rows, frame, ("text", "start", "end"))


def spans_of_actors(frame: pd.DataFrame, finder: ActorFinder) -> tuple[pd.DataFrame, list[int]]:
    """Find the mentions of the actor that each row names.

    Parameters
    ----------
    frame
        Columns ``text`` and ``actor``.
    finder
        Finds the actors.

    Returns
    -------
    targets, rows
        A row per mention with ``text``, ``start``, ``end``, and the row it comes from.

    Raises
    ------
    TableError
        If a text doesn't name its actor; it lists every such row.
    """
    found: list[tuple[str, int, int]] = []
    rows: list[int] = []
    bad: list[BadRow] = []
    for row, (text, name) in enumerate(zip(frame["text"], frame["actor"], strict=True)):
        article = parse_sentences([text], finder=finder, actors=[name])
        spans = [(text, m.start, m.end) for actor in article.actors for m in actor.mentions]
        if not spans:
            bad.append(BadRow(row + 1, "actor", "an actor that the text names", repr(name)))
        found.extend(spans)
        rows.extend([row] * len(spans))
    if bad:
        message = "Nothing was labelled."
        raise TableError("targets frame", bad, n_rows=len(frame), consequence=message)
    return pd.DataFrame(found, columns=["text", "start", "end"]), rows


def _frame(rows: dict[int, Row], like: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Put rows in the order of their places."""
    if not rows:
        return pd.DataFrame(columns=list(columns), index=like.index)
    return pd.DataFrame([rows[place] for place in range(len(rows))], index=like.index)


def _documents(frame: pd.DataFrame) -> Iterator[list[int]]:
    if "doc_id" not in frame:
        yield from ([row] for row in range(len(frame)))
    else:
        yield from (rows for _, rows in _groups(frame["doc_id"]))


def _groups(column: pd.Series[str]) -> Iterator[tuple[str, list[int]]]:
    """Row positions of each value, in order of first appearance."""
    found: dict[str, list[int]] = {}
    for row, value in enumerate(column):
        found.setdefault(value, []).append(row)
    yield from found.items()


def _target(text: str, start: int, end: int, actors: tuple[Actor, ...]) -> tuple[Mention, Actor]:
    """Find the actor at a span; an unknown one has no kind."""
    for actor in actors:
        for mention in actor.mentions:
            if mention.start < end and start < mention.end:
                return Mention(start, end, text[start:end], 0, actor.name, actor.kind), actor
    words = text[start:end]
    return Mention(start, end, words, 0, words, ""), Actor("", words, "")
