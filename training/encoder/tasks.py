"""Corpora to passages: training parts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.labels import CLAIM_TYPES, STANCES, split_types
from stancekit.text import split_article
from training.corpora.annotations import read_claims, read_stances
from training.corpora.conll import DOMAINS
from training.corpora.directed import read_directed
from training.corpora.newsdiscourse import read_newsdiscourse
from training.corpora.newsmtsc import read_newsmtsc
from training.corpora.polnear import read_polnear
from training.encoder.passages import Labels, Line, Pair, Passage, Target, pack, passage
from training.taggers import read_entities

Count = Callable[[str], int]

DISCOURSE = (
    "Main",
    "Main_Consequence",
    "Cause_General",
    "Cause_Specific",
    "Distant_Historical",
    "Distant_Anecdotal",
    "Distant_Evaluation",
    "Distant_Expectations_Consequences",
)
NEUTRAL = STANCES.index("neutral")


def newsmtsc(root: Path, split: str = "train") -> list[Passage]:
    """Sentences alone, each with its targets."""
    rows = read_newsmtsc(root)
    rows = rows[rows["split"] == split]
    return [
        passage("newsmtsc", [Line(str(text), targets=tuple(_targets(group)))])
        for text, group in rows.groupby("text", sort=False)
    ]


def annotated(root: Path, count: Count, split: str = "train") -> list[Passage]:
    """Whole articles with our claim types and stances, NewsDiscourse's labels beside them."""
    claims, stances = read_claims(root)[0], read_stances(root)[0]
    kept = claims[claims["split"] == split]
    ours = {(doc, number): split_types(cell) for doc, number, cell in _cells(kept)}
    spans = {
        key: tuple(_targets(group))
        for key, group in stances[stances["split"] == split].groupby(["doc_id", "sentence_id"])
    }
    discourse = read_newsdiscourse(root)
    wanted, elsewhere = set(kept["doc_id"]), set(claims["doc_id"]) - set(kept["doc_id"])
    unlabelled = (discourse["split"] == split) & ~discourse["doc_id"].isin(elsewhere)
    tables = {
        "newsdiscourse": discourse[discourse["doc_id"].isin(wanted) | unlabelled],
        "wikinews": kept[kept["source"] == "wikinews"],
    }
    found: list[Passage] = []
    for source, table in tables.items():
        for _, rows in table.groupby("doc_id", sort=False):
            lines = [_article_line(row, ours, spans) for row in _rows(rows)]
            found += pack(source, lines, count)
    return found


def directed(root: Path) -> list[Passage]:
    """Sentences alone, each with the pairs in it."""
    rows = read_directed(root)
    rows = rows[rows["split"] == "train"]
    found = []
    for text, group in rows.groupby("text", sort=False):
        pairs = tuple(
            Pair(
                0,
                (row.holder_start, row.holder_end),
                (row.target_start, row.target_end),
                one_hot(row.stance, STANCES),
            )
            for row in _rows(group)
        )
        spans = sorted({span for pair in pairs for span in (pair.holder, pair.target)})
        targets = tuple(Target(0, *span, ()) for span in spans)
        found.append(passage("directed", [Line(str(text), targets=targets, pairs=pairs)]))
    return found


def polnear(root: Path, count: Count, finder: ActorFinder, split: str = "train") -> list[Passage]:
    """Whole articles with the spans of their attributions and the actors to judge."""
    corpus = read_polnear(root, split)
    spans: dict[Any, list[tuple[int, int, str]]] = defaultdict(list)
    for row in _rows(corpus.attributions):
        spans[row.doc_id].append((row.start, row.end, row.role))
    found = []
    for doc_id, text in zip(corpus.articles["doc_id"], corpus.articles["text"], strict=True):
        sentences = split_article(text)
        mentions = defaultdict(list)
        for mention in finder.find(sentences):
            mentions[mention.sentence].append(mention)
        lines = [
            Line(
                one.text,
                Labels(quotations=_within(one, spans[doc_id])),
                tuple(
                    Target(0, m.start - one.start, m.end - one.start, ())
                    for m in mentions[at]
                    if m.kind != "place"
                ),
            )
            for at, one in enumerate(sentences)
        ]
        found += list(pack("polnear", lines, count))
    return found


def entities(root: Path, count: Count, split: str = "train") -> list[Passage]:
    """Consecutive sentences, with the named entities in them."""
    found: list[Passage] = []
    for domain in DOMAINS:
        lines = [
            Line(one.text, Labels(entities=one.spans))
            for one in read_entities(root, (domain,))
            if one.split == split
        ]
        found += pack(f"entities_{domain}", lines, count)
    return found


def one_hot(label: str, labels: tuple[str, ...]) -> tuple[float, ...]:
    """Return 1 at the place of a label."""
    return tuple(float(label == one) for one in labels)


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    yield from table.itertuples(index=False)


def _cells(claims: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    yield from zip(claims["doc_id"], claims["sentence_id"], claims["claim_types"], strict=True)


def _targets(rows: pd.DataFrame) -> Iterator[Target]:
    for row in _rows(rows):
        yield Target(0, int(row.start), int(row.end), one_hot(str(row.stance), STANCES))


def _article_line(row: Any, ours: dict[Any, Any], spans: dict[Any, Any]) -> Line:
    key = (row.doc_id, row.sentence_id)
    types = ours.get(key)
    content = getattr(row, "content_type", "")
    known = content in DISCOURSE
    return Line(
        row.text,
        Labels(
            claims=None if types is None else tuple(float(one in types) for one in CLAIM_TYPES),
            discourse=DISCOURSE.index(content) if known else None,
            speech=bool(row.speech) if known else None,
        ),
        spans.get(key, ()),
    )


def _within(sentence: Any, spans: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (max(start, sentence.start) - sentence.start, min(end, sentence.end) - sentence.start, role)
        for start, end, role in spans
        if start < sentence.end and sentence.start < end
    )
