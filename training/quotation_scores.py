"""How well quotations are found on PolNeAR: tokens of each role, and who speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from stancekit.evaluation.bootstrap import Sampling
from stancekit.quotes.attributions import NOWHERE, Attribution, Stretch
from stancekit.quotes.words import read_words
from training.corpora.polnear import PolNeAR
from training.scores import Score, f_score, share

Attribute: TypeAlias = Callable[[str], Sequence[Attribution]]

ROLES: Final = ("source", "cue", "content")
OVERLAP: Final = "overlapping source"
_MARKS: Final = frozenset("\"“”'‘’")


def score_polnear(
    corpus: PolNeAR, attribute: Attribute, *, n_bootstrap: int = 1000, seed: int = 0
) -> list[Score]:
    """Score what is found in the articles of PolNeAR.

    Parameters
    ----------
    corpus
        Articles with their attributions.
    attribute
        Gives the attributions of a text.
    n_bootstrap, seed
        Samples of articles for the intervals.

    Returns
    -------
    list of Score
        Token F1 of source, cue and content: words and marks that are in any span of the
        role, quotation marks being content. Then the share of gold quotations whose found
        source overlaps the gold one, the found quotation being the one whose content is
        most like.
    """
    tokens: dict[str, list[tuple[int, int, int]]] = {role: [] for role in ROLES}
    sources = []
    for text, gold in _articles(corpus):
        found = attribute(text)
        for role, counts in tokens.items():
            counts.append(_token_counts(text, _of_role(gold, role), _spans(text, found, role)))
        sources.append(_source_counts(gold, found))
    sampling = Sampling(n_bootstrap, seed)
    # Hits, found and gold words: precision has the hits of recall.
    sums = {role: np.array(counts, float)[:, [0, 1, 0, 2]] for role, counts in tokens.items()}
    scores = [f_score(role, "token F1", counts, sampling) for role, counts in sums.items()]
    return [*scores, share(OVERLAP, "share of gold quotations", sources, sampling)]


def _articles(corpus: PolNeAR) -> Iterable[tuple[str, pd.DataFrame]]:
    rows = dict(list(corpus.attributions.groupby("doc_id", sort=False)))
    none = corpus.attributions.iloc[:0]
    for doc_id, text in zip(corpus.articles["doc_id"], corpus.articles["text"], strict=True):
        yield text, rows.get(doc_id, none)


def _spans(text: str, found: Sequence[Attribution], role: str) -> list[Stretch]:
    if role == "content":
        return [_with_marks(text, one) for one in found]
    spans = (one.source if role == "source" else one.owner.cue for one in found)
    return [span for span in spans if span != NOWHERE]


def _with_marks(text: str, one: Attribution) -> Stretch:
    """Widen a direct quotation by its marks, which are content in PolNeAR."""
    if not one.direct:
        return one.start, one.end
    start = one.start - (text[max(one.start - 1, 0)] in _MARKS)
    return max(start, 0), min(one.end + (text[one.end : one.end + 1] in _MARKS), len(text))


def _token_counts(
    text: str, gold: Sequence[Stretch], found: Sequence[Stretch]
) -> tuple[int, int, int]:
    words = read_words(text, 0, len(text))
    is_gold, is_found = (_covered(len(text), spans) for spans in (gold, found))
    pairs = [(is_gold[at], is_found[at]) for at in words.starts]
    return sum(a and b for a, b in pairs), sum(b for _, b in pairs), sum(a for a, _ in pairs)


def _covered(size: int, spans: Sequence[Stretch]) -> list[bool]:
    """Say of every character whether a span holds it."""
    steps = [0] * (size + 1)
    for start, end in spans:
        steps[start] += 1
        steps[end] -= 1
    return [depth > 0 for depth in accumulate(steps)]


def _source_counts(gold: pd.DataFrame, found: Sequence[Attribution]) -> tuple[int, int]:
    """Count the gold quotations with a source, and those whose found source overlaps it."""
    hits = units = 0
    for _, rows in gold.groupby("attribution_id", sort=False):
        spans = {role: _of_role(rows, role) for role in ("source", "content")}
        if spans["source"] and spans["content"]:
            units += 1
            best = max(found, key=lambda one: _likeness(one, spans["content"]), default=None)
            if best and _likeness(best, spans["content"]):
                start, end = best.source
                hits += any(start < right and left < end for left, right in spans["source"])
    return hits, units


def _of_role(rows: pd.DataFrame, role: str) -> list[Stretch]:
    kept = rows[rows["role"] == role]
    return list(zip(kept["start"].tolist(), kept["end"].tolist(), strict=True))


def _likeness(one: Attribution, spans: Sequence[Stretch]) -> float:
    """Return the shared characters' part of what either has."""
    shared = sum(max(0, min(one.end, right) - max(one.start, left)) for left, right in spans)
    return shared / (one.end - one.start + sum(right - left for left, right in spans) - shared)
