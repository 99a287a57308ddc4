"""NewsMTSC: stance toward a marked target in sentences of US policy news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from training.corpora.files import hashed_split, read_text

FILE = "NewsMTSC/train.jsonl"
STANCE_OF = {2.0: "critical", 4.0: "neutral", 6.0: "supportive"}
# Leading fields of a target's id that name the article: allsides_<article>_<story>_<sentence>_…,
# polusa_v1_<article>_<story>_<sentence>_…. The mention that follows may hold underscores itself.
ARTICLE_FIELDS = {"allsides": 3, "polusa": 4}


def read_newsmtsc(root: Path) -> pd.DataFrame:
    """Read the training part as a stances table, one row per target.

    Upstream has no development part among its training sentences: a tenth of the articles,
    chosen by a hash of ``doc_id``, becomes ``"dev"``.

    Parameters
    ----------
    root
        The folder that holds all corpora.

    Returns
    -------
    pandas.DataFrame
        Columns ``doc_id, sentence_id, text, start, end, actor, stance, split, source,
        further_mentions``, in file order. ``doc_id`` names the article and ``sentence_id`` the
        upstream line; ``actor`` is ``text[start:end]``; ``further_mentions`` holds the spans of
        the same target elsewhere in the sentence, such as ``"10-14;30-33"``, or ``""``.

    Raises
    ------
    InputError
        When the file is missing.
    """
    lines = read_text(root / FILE).splitlines()
    return pd.DataFrame([row for line in lines for row in _target_rows(json.loads(line))])


def article_of(gid: str) -> str:
    """Return the article part of a target's id.

    Examples
    --------
    >>> article_of("allsides_12_7_1_The_Speaker_2_17")
    'allsides_12_7'
    >>> article_of("polusa_v1_345_-1_8_The Speaker_2_17")
    'polusa_v1_345_-1'
    """
    fields = gid.split("_")
    return "_".join(fields[: ARTICLE_FIELDS[fields[0]]])


def _target_rows(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    doc_id = article_of(item["primary_gid"])
    for target in item["targets"]:
        yield {
            "doc_id": doc_id,
            "sentence_id": item["primary_gid"],
            "text": item["sentence_normalized"],
            "start": target["from"],
            "end": target["to"],
            "actor": target["mention"],
            "stance": STANCE_OF[target["polarity"]],
            "split": hashed_split(doc_id),
            "source": "newsmtsc",
            "further_mentions": _spans_cell(target.get("further_mentions", [])),
        }


def _spans_cell(mentions: list[dict[str, Any]]) -> str:
    spans = sorted((mention["from"], mention["to"]) for mention in mentions)
    return ";".join(f"{start}-{end}" for start, end in spans)
