"""Fit and score the head that tells official speakers from others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold

from stancekit.actors import ActorFinder
from stancekit.parse import HEADLINE, Parser
from stancekit.quotes.attributions import Attribution
from stancekit.quotes.find import attributions, speaker_evidence
from stancekit.quotes.official import OfficialHead
from stancekit.records import Sentence
from stancekit.tables import read_csv
from training.corpora.annotations import read_claims
from training.labelled import FOLDER

WEAK_WEIGHT: Final = 0.1
"""What a speaker counts of whom only the sentence's claim types are known."""

_LEAST_SHARE: Final = 0.7
"""Part of a sentence that its main speaker must say for its types to tell of him."""

_C: Final = 1.0


@dataclass(frozen=True)
class Speaker:
    """A speaker of a sentence, with what the text shows.

    Attributes
    ----------
    doc_id
        The article.
    evidence
        See `stancekit.quotes.find.speaker_evidence`.
    official
        Whether the speaker speaks for an institution.
    weight
        How sure that is, 0 to 1.
    """

    doc_id: str
    evidence: list[str]
    official: bool
    weight: float = 1.0


def fit_official(root: Path | None, *, parser: Parser | None = None) -> OfficialHead:
    """Fit the head on the training parts of `datasets` and, weakly, of our annotations.

    An annotated sentence that somebody speaks in, and that is an official statement, shows
    an official speaker; another shows a speaker who is none.

    Parameters
    ----------
    root
        The corpora folder; None fits on `datasets` alone.
    parser
        Finds actors and speakers as the model will that the head is for; by default by rules.
        A head fitted to what rules find judges what taggers find worse: .910 in place of .942
        of the speakers of the development part.
    """
    parser = parser or Parser(ActorFinder())
    speakers = [*gold_speakers("train", parser)]
    if root is not None:
        speakers += weak_speakers(root, parser)
    return _fit(speakers)


def cross_validated(
    speakers: Sequence[Speaker], weak: Sequence[Speaker] = (), *, n_folds: int = 10
) -> list[bool]:
    """Judge every speaker by a head that has not seen its article.

    Parameters
    ----------
    speakers
        All are judged.
    weak
        Added to each training part; articles of their own.
    n_folds
        How many heads are fitted.
    """
    judged = np.zeros(len(speakers), dtype=np.bool_)
    groups = [one.doc_id for one in speakers]
    for train, held_out in GroupKFold(n_folds).split(groups, groups=groups):
        head = _fit([*(speakers[at] for at in train), *weak])
        found = head.predict([speakers[at].evidence for at in held_out])
        judged[held_out] = found == "official"
    return judged.tolist()


def gold_speakers(split: str, parser: Parser) -> Iterator[Speaker]:
    """Yield the speakers of `datasets` who are found."""
    claims = read_csv(FOLDER / "claims.csv")
    for doc_id, sentences in claims[claims["split"] == split].groupby("doc_id", sort=False):
        for row, evidence in _evidence(sentences, parser, 0.0):
            if row.speaker:
                yield Speaker(str(doc_id), evidence, row.official == "yes")


def weak_speakers(root: Path, parser: Parser) -> Iterator[Speaker]:
    """Yield the speakers of our annotations, official where the sentence is a statement."""
    claims = read_claims(root)[0]
    for doc_id, sentences in claims[claims["split"] == "train"].groupby("doc_id", sort=False):
        for row, evidence in _evidence(sentences, parser, _LEAST_SHARE):
            is_official = "official_statement" in row.claim_types
            yield Speaker(str(doc_id), evidence, is_official, WEAK_WEIGHT)


def _evidence(rows: pd.DataFrame, parser: Parser, least: float) -> Iterator[tuple[Any, list[str]]]:
    has_headline = rows["sentence_id"].iloc[0] == HEADLINE
    article, readings = parser.sentences(rows["text"].tolist(), has_headline=has_headline)
    found = attributions(article.text, article.sentences, article.actors, readings, parser.taggers)
    for sentence, row in zip(article.sentences, rows.itertuples(), strict=True):
        main = _main(sentence, found)
        if main is None or _shared(sentence, main) < least * len(sentence.text):
            continue
        evidence = speaker_evidence(article.text, main)
        if evidence:
            yield row, evidence


def _main(sentence: Sentence, found: Sequence[Attribution]) -> Attribution | None:
    """Return the outermost attribution that shares the most of a sentence."""
    inside: list[Attribution] = []
    for one in found:
        if one.overlaps(sentence) and (not inside or one.end > inside[-1].end):
            inside.append(one)
    return max(inside, key=lambda one: _shared(sentence, one), default=None)


def _shared(sentence: Sentence, one: Attribution) -> int:
    return min(sentence.end, one.end) - max(sentence.start, one.start)


def _fit(speakers: Sequence[Speaker]) -> OfficialHead:
    return OfficialHead(_C).fit(
        [one.evidence for one in speakers],
        [one.official for one in speakers],
        [one.weight for one in speakers],
    )
