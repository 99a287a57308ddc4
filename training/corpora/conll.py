"""CrossNER's files in CoNLL columns: named entities of CoNLL-2003 and of political texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import pandas as pd

from training.corpora.files import read_text

FOLDER = "CrossNER/ner_data"
DOMAINS = ("conll2003", "politics")
SPLITS = ("train", "dev")
OUTSIDE = "O"


def read_conll(root: Path, domain: str) -> pd.DataFrame:
    """Read the tagged tokens of one domain, train and dev.

    Parameters
    ----------
    root
        The folder that holds all corpora.
    domain
        ``"conll2003"`` or ``"politics"``.

    Returns
    -------
    pandas.DataFrame
        Columns ``sentence, token, tag, split, source``, one row per token. ``sentence`` counts
        from 0 over both parts; ``tag`` is IOB2, such as ``"B-person"``.

    Raises
    ------
    InputError
        When a file is missing.
    """
    sentences = [
        (split, sentence)
        for split in SPLITS
        for sentence in _sentences(read_text(root / FOLDER / domain / f"{split}.txt"))
    ]
    rows = [
        (number, token, tag, split, f"crossner_{domain}")
        for number, (split, sentence) in enumerate(sentences)
        for token, tag in sentence
    ]
    return pd.DataFrame(rows, columns=["sentence", "token", "tag", "split", "source"])


def tagged_texts(tokens: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn tagged tokens into text, joined by single spaces, and entity spans.

    Parameters
    ----------
    tokens
        As `read_conll` gives them.

    Returns
    -------
    sentences
        Columns ``sentence, text, split, source``.
    entities
        Columns ``sentence, start, end, kind``; offsets in ``text``, end exclusive.

    Examples
    --------
    >>> rows = [(0, "Lake", "B-location"), (0, "Chad", "I-location"), (0, "shrank", "O")]
    >>> tokens = pd.DataFrame(rows, columns=["sentence", "token", "tag"])
    >>> sentences, entities = tagged_texts(tokens.assign(split="train", source="mine"))
    >>> sentences["text"].item(), entities.values.tolist()
    ('Lake Chad shrank', [[0, 0, 9, 'location']])
    """
    sentences = tokens.groupby("sentence", sort=False).agg(
        text=("token", " ".join), split=("split", "first"), source=("source", "first")
    )
    rows = zip(tokens["sentence"], tokens["token"], tokens["tag"], strict=True)
    spans = [
        (number, *span)
        for number, group in groupby(rows, key=itemgetter(0))
        for span in entity_spans(*zip(*((token, tag) for _, token, tag in group), strict=True))
    ]
    entities = pd.DataFrame(spans, columns=["sentence", "start", "end", "kind"])
    return sentences.reset_index(), entities


def entity_spans(tokens: Sequence[str], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Find the entities of a sentence whose tokens are joined by single spaces.

    An ``I-`` tag that continues no entity of its kind begins one.

    Returns
    -------
    list of (start, end, kind)
        Character offsets, end exclusive.

    Examples
    --------
    >>> entity_spans(["Chad", "Togo", "met"], ["B-country", "B-country", "O"])
    [(0, 4, 'country'), (5, 9, 'country')]
    """
    spans: list[tuple[int, int, str]] = []
    end = -1
    for token, (before, tag) in zip(tokens, pairwise([OUTSIDE, *tags]), strict=True):
        start, end = end + 1, end + 1 + len(token)
        kind = tag[2:]
        if tag.startswith("I-") and before[2:] == kind:
            spans[-1] = (spans[-1][0], end, kind)
        elif tag != OUTSIDE:
            spans.append((start, end, kind))
    return spans


def _sentences(text: str) -> Iterator[list[list[str]]]:
    sentence: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            sentence.append(line.split("\t"))
        elif sentence:
            yield sentence
            sentence = []
