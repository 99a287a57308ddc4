"""Tables of sentences, targets or pairs to the rows that features read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, TypeAlias

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.errors import BadRow, TableError
from stancekit.features.articles import Site, documents, parse_document, sites
from stancekit.features.context import Row, sentence_rows, target_rows
from stancekit.features.pairs import pair_rows
from stancekit.features.pooling import pooled
from stancekit.parse import Parser, speech_of
from stancekit.records import Actor, Mention

Span: TypeAlias = tuple[int, int]
Named: TypeAlias = tuple[Mention, Actor]

_NAMED = "an actor that the text names"
_READABLE = "a span with letters that the encoder can read"


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
    rows: dict[int, Row] = {}
    for document in documents(frame):
        article, readings = parse_document(frame.iloc[document], parser)
        found = sentence_rows(article, speech_of(article), readings)
        rows.update(zip(document, _light(found), strict=True))
    return _frame(rows, frame.index, ("text",))


def describe_targets(
    frame: pd.DataFrame,
    finder: ActorFinder | Parser,
    *,
    context: pd.DataFrame | None = None,
    numbers: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Describe the targets of a table, each in its article or in its sentence alone.

    Parameters
    ----------
    frame
        Columns ``text``, ``start``, ``end``: checked character offsets.
    finder
        Finds the actors, or parses each article and each lone text and reads it once.
    context
        Whole articles, see `stancekit.features.articles.sites`: rows that stand in one are
        described in it. None describes every row alone.
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
    spans: list[Span] = list(zip(frame["start"], frame["end"], strict=True))
    rows: dict[int, Row] = {}
    bad: list[BadRow] = []
    for site in sites(frame, _parser(finder), context):
        own = [spans[row] for row in site.rows]
        bad += _unread(site, own, "start, end")
        rows.update(zip(site.rows, _light(_target_rows(site, _targets(site, own))), strict=True))
    _refuse(bad, "targets frame", numbers or range(1, len(frame) + 1))
    return _frame(rows, frame.index, ("text", "start", "end"))


def describe_named(
    frame: pd.DataFrame,
    finder: ActorFinder | Parser,
    *,
    context: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, list[int]]:
    """Describe the mentions of the actor that each row of a table names.

    Parameters
    ----------
    frame
        Columns ``text`` and ``actor``.
    finder, context
        As in `describe_targets`.

    Returns
    -------
    described, rows
        As `describe_targets` gives it, with a row for each mention, and the position in the
        table that each comes from.

    Raises
    ------
    TableError
        If a text doesn't name its actor, or the encoder reads nothing of a mention; it lists
        every such row.
    """
    parser = _parser(finder)
    found: list[tuple[int, Row]] = []
    bad: list[BadRow] = []
    for site in sites(frame, parser, context):
        names = frame["actor"].iloc[site.rows].tolist()
        places, spans = _mentions(site, parser, names)
        unnamed = sorted(set(range(len(names))) - set(places))
        bad += [_bad(site.rows[at], "actor", _NAMED, names[at]) for at in unnamed]
        mentions = site.of(places)
        bad += _unread(mentions, spans, "actor")
        rows = _light(_target_rows(mentions, _targets(mentions, spans)))
        found += zip(mentions.rows, rows, strict=True)
    _refuse(bad, "targets frame", range(1, len(frame) + 1))
    found.sort(key=itemgetter(0))
    described = dict(enumerate(row for _, row in found))
    index = pd.RangeIndex(len(found))
    return _frame(described, index, ("text", "start", "end")), [place for place, _ in found]


def describe_pairs(
    frame: pd.DataFrame,
    finder: ActorFinder | Parser,
    *,
    context: pd.DataFrame | None = None,
    numbers: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Describe the holders and targets of a table, in their article or their sentence alone.

    Parameters
    ----------
    frame
        Columns ``text``, ``holder_start``, ``holder_end``, ``target_start``,
        ``target_end``: checked character offsets.
    finder, context, numbers
        As in `describe_targets`.

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
    spans: dict[str, list[Span]] = {
        who: list(zip(frame[f"{who}_start"], frame[f"{who}_end"], strict=True))
        for who in ("holder", "target")
    }
    rows: dict[int, Row] = {}
    bad: list[BadRow] = []
    for site in sites(frame, _parser(finder), context):
        named = []
        for who, of in spans.items():
            own = [of[row] for row in site.rows]
            bad += _unread(site, own, f"{who}_start, {who}_end")
            named.append(_targets(site, own))
        article, readings = site.parsed
        pairs = list(zip(*named, strict=True))
        found = pair_rows(article, speech_of(article), pairs, readings)
        rows.update(zip(site.rows, _light(found), strict=True))
    _refuse(bad, "pairs frame", numbers or range(1, len(frame) + 1))
    return _frame(rows, frame.index, ("text", "start", "end", "holder_start", "holder_end"))


def _parser(finder: ActorFinder | Parser) -> Parser:
    return finder if isinstance(finder, Parser) else Parser(finder)


def _frame(rows: dict[int, Row], index: pd.Index[Any], columns: tuple[str, ...]) -> pd.DataFrame:
    """Put rows in the order of their places."""
    if not rows:
        return pd.DataFrame(columns=list(columns), index=index)
    return pd.DataFrame([rows[place] for place in range(len(rows))], index=index)


def _light(rows: list[Row]) -> list[Row]:
    return [pooled(row) if "reading" in row else row for row in rows]


def _target_rows(site: Site, targets: Sequence[Named]) -> list[Row]:
    article, readings = site.parsed
    return target_rows(article, speech_of(article), targets, readings)


def _targets(site: Site, spans: Sequence[Span]) -> list[Named]:
    return [_target(site, at, span) for at, span in enumerate(spans)]


def _target(site: Site, at: int, span: Span) -> Named:
    """Find the actor at a span of a row's sentence; an unknown one has no kind."""
    sentence = site.sentence(at)
    start, end = (int(place) + sentence.start for place in span)
    words = sentence.text[span[0] : span[1]]
    for actor in site.parsed.article.actors:
        for mention in actor.mentions:
            if mention.start < end and start < mention.end:
                named = Mention(start, end, words, site.sentences[at], actor.name, actor.kind)
                return named, actor
    return Mention(start, end, words, site.sentences[at], words, ""), Actor("", words, "")


def _mentions(site: Site, parser: Parser, names: Sequence[str]) -> tuple[list[int], list[Span]]:
    """Find each row's actor in its sentence: the rows' numbers in the site, a span each."""
    called = parser.mentions_of(site.parsed, dict.fromkeys(names))
    found = [
        (at, mention)
        for at, name in enumerate(names)
        for mention in called[name]
        if mention.sentence == site.sentences[at]
    ]
    starts = [site.sentence(at).start for at, _ in found]
    spans = [(m.start - first, m.end - first) for (_, m), first in zip(found, starts, strict=True)]
    return [at for at, _ in found], spans


def _unread(site: Site, spans: Sequence[Span], columns: str) -> list[BadRow]:
    return [
        _bad(row, columns, _READABLE, site.sentence(at).text[span[0] : span[1]])
        for at, (row, span) in enumerate(zip(site.rows, spans, strict=True))
        if not site.covers(at, span)
    ]


def _bad(row: int, columns: str, expected: str, found: str) -> BadRow:
    return BadRow(row + 1, columns, expected, repr(found))


def _refuse(bad: Sequence[BadRow], table: str, numbers: Sequence[int]) -> None:
    """Raise an error that names each bad cell once, even of a row that is described twice."""
    if bad:
        named = {replace(one, row=numbers[one.row - 1]) for one in bad}
        rows = sorted(named, key=lambda one: (one.row, one.column))
        consequence = "Mend the rows, or take them out."
        raise TableError(table, rows, n_rows=max(numbers), consequence=consequence)
