"""The rows of a table in what they are read in: the article that they stand in, or alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from stancekit.parse import HEADLINE, Parsed, Parser

if TYPE_CHECKING:
    from stancekit.records import Sentence

READ_WITH = "read_with"
"""Column of a context that names what a sentence is read in; without it that is ``doc_id``."""

SHARE_ALONE = "share_alone"
"""Column of a table of targets or pairs, see `both_ways`."""

_KEY = ("doc_id", "sentence_id", "text")
_WEIGHTS = ("weight", "calibration_weight")


@dataclass(frozen=True)
class Site:
    """Rows of a table and the parsed article that they stand in.

    Attributes
    ----------
    parsed
        The article, or the row's sentence alone.
    rows
        Positions in the table.
    sentences
        Number of each row's sentence in the article.
    """

    parsed: Parsed
    rows: list[int]
    sentences: list[int]

    def sentence(self, at: int) -> Sentence:
        """Return the sentence of the row that is number ``at`` of these."""
        return self.parsed.article.sentences[self.sentences[at]]

    def of(self, places: Sequence[int]) -> Site:
        """Take rows by their numbers among these, each as often as it is named."""
        rows, sentences = ([of[at] for at in places] for of in (self.rows, self.sentences))
        return Site(self.parsed, rows, sentences)

    def covers(self, at: int, span: Sequence[int]) -> bool:
        """Say whether the encoder, if any, reads something of a span of a row's sentence."""
        readings = self.parsed.readings
        return readings is None or readings[self.sentences[at]].covers(span[0], span[1])


def documents(frame: pd.DataFrame) -> Iterator[list[int]]:
    """Yield the row positions of each ``doc_id``; every row alone where there is none."""
    if "doc_id" not in frame:
        yield from ([row] for row in range(len(frame)))
    else:
        yield from groups_of(frame["doc_id"]).values()


def parse_document(frame: pd.DataFrame, parser: Parser) -> Parsed:
    """Parse the consecutive sentences of one document, headline first if there is one."""
    first = str(frame["sentence_id"].iloc[0]) if "sentence_id" in frame else ""
    return parser.sentences(frame["text"].tolist(), has_headline=first == HEADLINE)


def sites(
    frame: pd.DataFrame, parser: Parser, context: pd.DataFrame | None = None
) -> Iterator[Site]:
    """Parse what the rows of a table stand in, each article and each lone sentence once.

    Parameters
    ----------
    frame
        Column ``text``; ``doc_id`` and ``sentence_id`` too for rows to be found in `context`.
    parser
        Reads the articles.
    context
        Whole articles: columns ``doc_id``, ``sentence_id`` and ``text``, a row for each
        sentence, in order. With a column ``read_with``, rows that are alike there are read
        together instead of those of a ``doc_id``.

    Yields
    ------
    Site
        First those of articles. A row whose ``doc_id``, ``sentence_id`` and ``text`` aren't in
        the context is alone.
    """
    alone = set(range(len(frame)))
    if context is not None and set(_KEY) <= set(frame.columns):
        for site in _in_articles(frame, parser, context):
            alone.difference_update(site.rows)
            yield site
    left = sorted(alone)
    for text, places in groups_of(frame["text"].iloc[left]).items():
        rows = [left[place] for place in places]
        yield Site(parser.sentences([str(text)]), rows, [0] * len(rows))


def both_ways(frame: pd.DataFrame, context: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that stand in a context twice: once to be read there, once alone.

    A head that learns from both is good at articles and at lone rows of a table.

    Parameters
    ----------
    frame
        Of targets or pairs, perhaps with ``weight`` and ``calibration_weight``. ``share_alone``
        is the share of these that a row has alone, 0 to 1; without the column a half.
    context
        As in `sites`.

    Returns
    -------
    DataFrame
        All of them together weigh what the rows did, and a reading with a share of 0 is left
        out. The lone ones have another ``sentence_id``, so that no context has them. The index
        has each row's position in the table.

    Examples
    --------
    >>> rows = [("a", "S1", "Rain fell."), ("b", "S2", "Snow fell.")]
    >>> table = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text"])
    >>> both_ways(table, table[:1])[["sentence_id", "weight"]]
      sentence_id  weight
    0          S1     0.5
    0    S1 alone     0.5
    1    S2 alone     1.0
    """
    frame = frame.reset_index(drop=True)
    if not set(_KEY) <= set(frame.columns):
        return frame
    known = set(_keys(context))
    inside = pd.Series([key in known for key in _keys(frame)], index=frame.index, dtype=bool)
    alone = frame.get(SHARE_ALONE, pd.Series(0.5, index=frame.index)).where(inside, 1.0)
    whole = frame.assign(weight=frame.get("weight", 1.0))
    lone = whole.assign(sentence_id=whole["sentence_id"].astype(str) + " alone")
    return pd.concat([_weighed(whole, 1 - alone), _weighed(lone, alone)])


def groups_of(column: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    """Return the positions of each value, in order of first appearance."""
    found: dict[Hashable, list[int]] = {}
    for row, value in enumerate(column):
        found.setdefault(value, []).append(row)
    return found


def _in_articles(frame: pd.DataFrame, parser: Parser, context: pd.DataFrame) -> Iterator[Site]:
    """Parse the articles of the context in which a row of the table stands."""
    wanted = groups_of(_keys(frame))
    keys = _keys(context)
    for places in groups_of(context[READ_WITH if READ_WITH in context else "doc_id"]).values():
        found = [
            (row, number)
            for number, place in enumerate(places)
            # Popped: a sentence that is given twice is the first one.
            for row in wanted.pop(keys[place], ())
        ]
        if found:
            rows, numbers = map(list, zip(*found, strict=True))
            yield Site(parse_document(context.iloc[places], parser), rows, numbers)


def _keys(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(zip(*(frame[column].astype(str) for column in _KEY), strict=True))


def _weighed(table: pd.DataFrame, share: pd.Series[float]) -> pd.DataFrame:
    weights = {name: table[name] * share for name in _WEIGHTS if name in table}
    return table.assign(**weights)[share > 0]
