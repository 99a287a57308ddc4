"""Our own labels, kept apart from the text they describe, joined to the corpora's sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from training.corpora.files import read_cells, text_digest
from training.corpora.newsdiscourse import read_newsdiscourse
from training.corpora.wikinews import read_wikinews

FOLDER = Path(__file__).resolve().parents[2] / "datasets" / "annotations"
SOURCES = ("newsdiscourse", "wikinews")
NOT_AN_ACTOR = "not_an_actor"
SENTENCE = ["source", "doc_id", "sentence_id"]
HEADLINE = "H"
CLAIM_COLUMNS = ["doc_id", "sentence_id", "text", "claim_types", "split", "source"]
STANCE_COLUMNS = [
    *("doc_id", "sentence_id", "text", "start", "end", "actor"),
    *("stance", "is_actor", "split", "source"),
]


@dataclass(frozen=True)
class JoinReport:
    """How many labels found their sentence.

    Attributes
    ----------
    n_joined
        Labels whose sentence was found unchanged.
    missing
        The others: columns ``source, doc_id, sentence_id, reason``.
    """

    n_joined: int
    missing: pd.DataFrame = field(repr=False, compare=False)

    @property
    def n_missing(self) -> int:
        """Labels whose sentence is absent or differs; they are in no table."""
        return len(self.missing)

    def __str__(self) -> str:
        head = f"{self.n_joined:,} labels joined, {self.n_missing:,} without their sentence"
        shown = self.missing.head(20).itertuples(index=False)
        lines = [f"  {row.source} {row.doc_id} {row.sentence_id}: {row.reason}" for row in shown]
        more = self.n_missing - len(lines)
        return "\n".join([head, *lines, *([f"  ... and {more:,} more"] if more else [])])


def read_claims(
    root: Path, *, sources: tuple[str, ...] = SOURCES, labels: Path = FOLDER
) -> tuple[pd.DataFrame, JoinReport]:
    """Read our claim types as a claims table, with the text of the corpora.

    Parameters
    ----------
    root
        The folder that holds all corpora.
    sources
        Which corpora to join: ``"newsdiscourse"``, ``"wikinews"``.
    labels
        The folder of the label files.

    Returns
    -------
    frame
        Columns ``doc_id, sentence_id, text, claim_types, split, source``; the sentences of an
        article follow each other in its order. Sentences that upstream marks NA are not labelled.
    report
        Which labels did not find their sentence, or found another text.

    Raises
    ------
    InputError
        When a file is missing.
    """
    rows = pd.concat(
        [TEXTS[source](root, _label_file(labels, source, "claims")) for source in sources]
    )
    reasons = [
        "" if text_digest(text) == digest else "text differs" if text else "no such sentence"
        for text, digest in zip(rows["text"], rows["text_sha1"], strict=True)
    ]
    joined, report = _divide(rows.assign(reason=reasons))
    return joined[CLAIM_COLUMNS], report


def read_stances(
    root: Path,
    *,
    actors_only: bool = True,
    sources: tuple[str, ...] = SOURCES,
    labels: Path = FOLDER,
) -> tuple[pd.DataFrame, JoinReport]:
    """Read our stances as a stances table, with the text of the corpora.

    Parameters
    ----------
    root
        The folder that holds all corpora.
    actors_only
        Leave out the candidates that are no actor (a wrong span, a mere place); otherwise they
        are kept with ``stance`` empty.
    sources
        Which corpora to join: ``"newsdiscourse"``, ``"wikinews"``.
    labels
        The folder of the label files.

    Returns
    -------
    frame
        Columns ``doc_id, sentence_id, text, start, end, actor, stance, is_actor, split, source``;
        ``actor`` is ``text[start:end]``.
    report
        Which labels did not find their sentence.

    Raises
    ------
    InputError
        When a file is missing.
    """
    sentences, _ = read_claims(root, sources=sources, labels=labels)
    stances = pd.concat([_label_file(labels, source, "stances") for source in sources])
    rows = stances.merge(sentences[[*SENTENCE, "text"]], on=SENTENCE, how="left")
    rows = rows.astype({"start": int, "end": int})
    joined, report = _divide(rows.assign(reason=_span_reasons(rows)))
    is_actor = joined["stance"] != NOT_AN_ACTOR
    spans = zip(joined["text"], joined["start"], joined["end"], strict=True)
    frame = joined.assign(
        actor=[text[start:end] for text, start, end in spans],
        is_actor=is_actor,
        stance=joined["stance"].where(is_actor, ""),
    )[STANCE_COLUMNS]
    return (frame[is_actor].reset_index(drop=True) if actors_only else frame), report


def _label_file(folder: Path, source: str, kind: str) -> pd.DataFrame:
    return read_cells(folder / f"{source}_{kind}.csv").assign(source=source)


def _newsdiscourse_texts(root: Path, labels: pd.DataFrame) -> pd.DataFrame:
    sentences = read_newsdiscourse(root)
    rows = labels.merge(sentences[[*SENTENCE, "text"]], on=SENTENCE, how="left")
    return rows.fillna({"text": ""})


def _wikinews_texts(root: Path, labels: pd.DataFrame) -> pd.DataFrame:
    rows = labels.merge(read_wikinews(root)[["doc_id", "title", "text"]], on="doc_id", how="left")
    rows = rows.fillna({"title": "", "text": ""})
    spans = zip(rows["text"], rows["start"].astype(int), rows["end"].astype(int), strict=True)
    sentences = pd.Series([text[start:end] for text, start, end in spans], index=rows.index)
    texts = sentences.mask(rows["sentence_id"] == HEADLINE, rows["title"])
    return rows.assign(text=texts).drop(columns=["start", "end", "title"])


TEXTS: dict[str, Callable[[Path, pd.DataFrame], pd.DataFrame]] = {
    "newsdiscourse": _newsdiscourse_texts,
    "wikinews": _wikinews_texts,
}


def _span_reasons(rows: pd.DataFrame) -> list[str]:
    return [
        "no such sentence"
        if not isinstance(text, str)
        else ""
        if 0 <= start < end <= len(text)
        else "span outside the sentence"
        for text, start, end in zip(rows["text"], rows["start"], rows["end"], strict=True)
    ]


def _divide(rows: pd.DataFrame) -> tuple[pd.DataFrame, JoinReport]:
    found = rows["reason"] == ""
    missing = rows.loc[~found, [*SENTENCE, "reason"]].reset_index(drop=True)
    return rows[found].reset_index(drop=True), JoinReport(int(found.sum()), missing)
