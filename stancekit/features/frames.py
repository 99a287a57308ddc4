"""Tables of sentences, targets or pairs to the rows that features read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.errors import BadRow, TableError
from stancekit.features.context import Row, sentence_rows, target_rows
from stancekit.features.pairs import pair_rows
from stancekit.features.pooling import pooled
from stancekit.parse import HEADLINE, Parser, speech_of
from stancekit.records import Actor, Mention

if TYPE_CHECKING:
    from stancekit.encoder.reading import SentenceReading


def describe_sentences(frame: pd.DataFrame, finder: ActorFinder | Parser) -> pd.DataFrame:
    """Describe the sentences of a table.

    Parameters
    ----------
    frame
        Column ``text``; rows of one ``doc_id`` are consecutive sentences and give each
        other context, a ``sentence_id`` of ``"H"`` marks a headline. Without ``doc_id``
        every row stands alone.
    finder
        Finds the actors, or parses the sentences of a document and reads them together.

    Returns
    -------
    DataFrame
        The columns of `stancekit.features.context.sentence_rows`, readings pooled (see
        `stancekit.features.pooling.pooled`); same rows, order, index.
    """
    parser = _parser(finder)
    ids = frame["sentence_id"].tolist() if "sentence_id" in frame else [""] * len(frame)
    rows: dict[int, Row] = {}
    for document in documents(frame):
        article, readings = parser.sentences(
            frame["text"].iloc[document].tolist(),
            has_headline=str(ids[document[0]]) == HEADLINE,
        )
        found = sentence_rows(article, speech_of(article), readings)
        rows.update(zip(document, _light(found), strict=True))
    return _frame(rows, frame, ("text",))


def describe_targets(
    frame: pd.DataFrame,
    finder: ActorFinder | Parser,
    *,
    numbers: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Describe the targets of a table, each in its sentence alone.

    Parameters
    ----------
    frame
        Columns ``text``, ``start``, ``end``: checked character offsets.
    finder
        Finds the actors, or parses each different text and reads it once.
    numbers
        What errors call each row; None counts from 1.

    Returns
    -------
    DataFrame
        The columns of `stancekit.features.context.target_rows`, readings pooled (see
        `stancekit.features.pooling.pooled`); same rows, order, index.

    Raises
    ------
    TableError
        If a span covers nothing that the encoder reads; it lists every such row.
    """
    parser = _parser(finder)
    rows: dict[int, Row] = {}
    unread: list[int] = []
    for text, places in _groups(frame["text"]):
        article, readings = parser.sentences([text])
        spans = list(zip(frame["start"].iloc[places], frame["end"].iloc[places], strict=True))
        targets = [_target(text, start, end, article.actors) for start, end in spans]
        unread += [at for at, span in zip(places, spans, strict=True) if _misses(readings, span)]
        found = target_rows(article, speech_of(article), targets, readings)
        rows.update(zip(places, _light(found), strict=True))
    if unread:
        raise _unread(frame, sorted(unread), numbers or range(1, len(frame) + 1))
    return _frame(rows, frame, ("text", "start", "end"))


def describe_pairs(frame: pd.DataFrame, finder: ActorFinder | Parser) -> pd.DataFrame:
    """Describe the holders and targets of a table, each pair in its sentence alone.

    Parameters
    ----------
    frame
        Columns ``text``, ``holder_start``, ``holder_end``, ``target_start``,
        ``target_end``: checked character offsets.
    finder
        Finds the actors, or parses each different text and reads it once.

    Returns
    -------
    DataFrame
        The columns of `stancekit.features.pairs.pair_rows`, readings pooled; same rows,
        order, index.

    Raises
    ------
    TableError
        If a span covers nothing that the encoder reads; it lists every such row.
    """
    parser = _parser(finder)
    rows: dict[int, Row] = {}
    unread: list[tuple[int, str]] = []
    offsets = {who: [f"{who}_start", f"{who}_end"] for who in ("holder", "target")}
    spans = {who: frame[names].to_numpy(dtype=int).tolist() for who, names in offsets.items()}
    for text, places in _groups(frame["text"]):
        article, readings = parser.sentences([text])
        unread += [(at, who) for at in places for who in spans if _misses(readings, spans[who][at])]
        holders, targets = (
            [_target(text, of[at][0], of[at][1], article.actors) for at in places]
            for of in spans.values()
        )
        pairs = list(zip(holders, targets, strict=True))
        found = pair_rows(article, speech_of(article), pairs, readings)
        rows.update(zip(places, _light(found), strict=True))
    if unread:
        raise _unread_pairs(frame, sorted(unread))
    return _frame(rows, frame, ("text", "start", "end", "holder_start", "holder_end"))


def spans_of_actors(
    frame: pd.DataFrame, finder: ActorFinder | Parser
) -> tuple[pd.DataFrame, list[int]]:
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
    parser = _parser(finder)
    found: list[tuple[str, int, int]] = []
    rows: list[int] = []
    bad: list[BadRow] = []
    for row, (text, name) in enumerate(zip(frame["text"], frame["actor"], strict=True)):
        article, _ = parser.sentences([text], actors=[name])
        spans = [(text, m.start, m.end) for actor in article.actors for m in actor.mentions]
        if not spans:
            bad.append(BadRow(row + 1, "actor", "an actor that the text names", repr(name)))
        found.extend(spans)
        rows.extend([row] * len(spans))
    if bad:
        message = "Nothing was labelled."
        raise TableError("targets frame", bad, n_rows=len(frame), consequence=message)
    return pd.DataFrame(found, columns=["text", "start", "end"]), rows


def _parser(finder: ActorFinder | Parser) -> Parser:
    return finder if isinstance(finder, Parser) else Parser(finder)


def _frame(rows: dict[int, Row], like: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Put rows in the order of their places."""
    if not rows:
        return pd.DataFrame(columns=list(columns), index=like.index)
    return pd.DataFrame([rows[place] for place in range(len(rows))], index=like.index)


def documents(frame: pd.DataFrame) -> Iterator[list[int]]:
    """Yield the row positions of each ``doc_id``; every row alone where there is none."""
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


def _light(rows: list[Row]) -> list[Row]:
    return [pooled(row) if "reading" in row else row for row in rows]


def _misses(readings: Sequence[SentenceReading] | None, span: Sequence[int]) -> bool:
    return readings is not None and not readings[0].covers(span[0], span[1])


def _unread(frame: pd.DataFrame, rows: Sequence[int], numbers: Sequence[int]) -> TableError:
    bad = [
        BadRow(
            numbers[row],
            "start, end",
            "a span with letters that the encoder can read",
            repr(frame["text"].iloc[row][frame["start"].iloc[row] : frame["end"].iloc[row]]),
        )
        for row in rows
    ]
    consequence = "Mend the spans, or take out the rows."
    return TableError("targets frame", bad, n_rows=max(numbers), consequence=consequence)


def _unread_pairs(frame: pd.DataFrame, found: Sequence[tuple[int, str]]) -> TableError:
    bad = []
    for row, who in found:
        start, end = frame[f"{who}_start"].iloc[row], frame[f"{who}_end"].iloc[row]
        words = repr(frame["text"].iloc[row][start:end])
        expected = "a span with letters that the encoder can read"
        bad.append(BadRow(row + 1, f"{who}_start, {who}_end", expected, words))
    consequence = "Mend the spans, or take out the rows."
    return TableError("pairs frame", bad, n_rows=len(frame), consequence=consequence)


def _target(text: str, start: int, end: int, actors: tuple[Actor, ...]) -> tuple[Mention, Actor]:
    """Find the actor at a span; an unknown one has no kind."""
    for actor in actors:
        for mention in actor.mentions:
            if mention.start < end and start < mention.end:
                return Mention(start, end, text[start:end], 0, actor.name, actor.kind), actor
    words = text[start:end]
    return Mention(start, end, words, 0, words, ""), Actor("", words, "")
