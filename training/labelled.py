"""The project's own articles with both passes, and what was settled where they differ.

``passes/settled.csv`` decides where the passes differ, and corrects what a further reading
found wrong. Its columns are ``doc_id, sentence_id, item, first, second, settled, reason``; an
item is ``types``, ``official``, ``speaker`` or ``stance:N`` (the N-th marked mention, from 1),
and its three values are written as in a pass.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from stancekit.labels import join_types
from stancekit.tables import read_csv
from training.articles import (
    ArticleError,
    MarkedArticle,
    MarkedSentence,
    SentenceLabels,
    parse_official,
    parse_stances,
    parse_types,
    read_articles,
    read_pass,
    write_stance,
)

FOLDER: Final = Path(__file__).parents[1] / "datasets"
SPLITS: Final = ("train", "dev", "test")
DISAGREEMENT: Final = "disagreement"
REREAD: Final = "reread"

Key: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True)
class Settlement:
    """What was decided for one item of one sentence, beside what the passes said."""

    first: str
    second: str
    settled: str
    reason: str

    @property
    def origin(self) -> str:
        """Whether the passes differed, or agreed on what a further reading corrected."""
        return DISAGREEMENT if self.first != self.second else REREAD


@dataclass(frozen=True)
class LabelledSentence:
    """A sentence of an article, what each pass said of it, and what was settled by item."""

    article: MarkedArticle
    sentence: MarkedSentence
    first: SentenceLabels
    second: SentenceLabels
    settlements: dict[str, Settlement]

    @property
    def final(self) -> SentenceLabels:
        """The first pass with every settled item put in its place."""
        labels = self.first
        for item, settlement in self.settlements.items():
            labels = with_item(labels, item, settlement.settled)
        return labels

    @property
    def differing(self) -> tuple[str, ...]:
        """The items on which the passes differ."""
        first, second = items(self.first), items(self.second)
        return tuple(item for item in first if first[item] != second[item])

    @property
    def unsettled(self) -> tuple[str, ...]:
        """The items on which the passes differ and nothing was decided."""
        return tuple(item for item in self.differing if item not in self.settlements)

    def origin(self, *names: str) -> str:
        """Why the settled labels of these items may differ from a pass; ``""`` if none was."""
        found = {s.origin for item, s in self.settlements.items() if item in names}
        return DISAGREEMENT if DISAGREEMENT in found else REREAD if found else ""


def items(labels: SentenceLabels) -> dict[str, str]:
    """Every item that a pass says of a sentence, written as in the pass's file.

    Examples
    --------
    >>> items(SentenceLabels("S1", ("prediction",), "Iran", "yes", (("neutral", ""),)))
    {'types': 'prediction', 'speaker': 'Iran', 'official': 'yes', 'stance:1': '0'}
    """
    fixed = {
        "types": join_types(labels.claim_types),
        "speaker": labels.speaker,
        "official": labels.official,
    }
    stances = {f"stance:{n}": write_stance(pair) for n, pair in enumerate(labels.stances, 1)}
    return fixed | stances


def with_item(labels: SentenceLabels, item: str, value: str) -> SentenceLabels:
    """Put one item's value, written as in a pass, in place of the label that is there."""
    name, _, number = item.partition(":")
    match name:
        case "types":
            return replace(labels, claim_types=parse_types(value))
        case "speaker":
            return replace(labels, speaker=value)
        case "official":
            return replace(labels, official=parse_official(value))
        case _:
            stances = list(labels.stances)
            (stances[int(number) - 1],) = parse_stances(value)
            return replace(labels, stances=tuple(stances))


def read_settled(path: Path) -> dict[Key, Settlement]:
    """Read the decisions; no file means that nothing was settled.

    Raises
    ------
    ArticleError
        If an item of a sentence was decided twice.
    """
    decisions: dict[Key, Settlement] = {}
    for row in read_csv(path).to_dict("records") if path.exists() else ():
        key = (row["doc_id"], row["sentence_id"], row["item"])
        if key in decisions:
            raise ArticleError(f"{path}: {' '.join(key)}: expected one decision; found two")
        decisions[key] = Settlement(row["first"], row["second"], row["settled"], row["reason"])
    return decisions


def read_labelled(folder: Path = FOLDER) -> list[LabelledSentence]:
    """Read every article of a dataset with both passes and what was settled.

    Raises
    ------
    ArticleError
        If a file breaks its format, an article names no split, or a decision belongs to
        no item, quotes a pass wrongly, is written wrongly or changes nothing.
    """
    path = folder / "passes" / "settled.csv"
    settled = read_settled(path)
    rows = [
        row
        for article in read_articles(folder / "articles")
        for row in _labelled(folder, article, settled)
    ]
    _check_settled(path, rows, settled)
    return rows


def _labelled(
    folder: Path, article: MarkedArticle, settled: dict[Key, Settlement]
) -> Iterator[LabelledSentence]:
    if article.header.get("split") not in SPLITS:
        raise ArticleError(
            f"{article.doc_id}: expected a line '# split: ' with one of {', '.join(SPLITS)}; "
            f"found {article.header.get('split', 'none')!r}"
        )
    passes = (
        read_pass(folder / "passes" / name / f"{article.doc_id}.tsv", article)
        for name in ("first", "second")
    )
    for sentence, first, second in zip(article.sentences, *passes, strict=True):
        keys = {item: (article.doc_id, sentence.sentence_id, item) for item in items(first)}
        found = {item: settled[key] for item, key in keys.items() if key in settled}
        yield LabelledSentence(article, sentence, first, second, found)


def _check_settled(
    path: Path, rows: Sequence[LabelledSentence], settled: dict[Key, Settlement]
) -> None:
    labels = {(row.article.doc_id, row.sentence.sentence_id): row for row in rows}
    for (doc_id, sentence_id, item), decision in settled.items():
        place = f"{path}: {doc_id} {sentence_id} {item}"
        row = labels.get((doc_id, sentence_id))
        said = (items(row.first).get(item), items(row.second).get(item)) if row else (None, None)
        if row is None or said != (decision.first, decision.second):
            raise ArticleError(
                f"{place}: expected what the passes say, {said}; "
                f"found {(decision.first, decision.second)}"
            )
        if decision.settled == decision.first == decision.second:
            raise ArticleError(f"{place}: expected a decision that changes a label; found none")
        try:
            with_item(row.first, item, decision.settled)
        except ArticleError as error:
            raise ArticleError(f"{place}: {error}") from error


def reread_sample(
    rows: Sequence[LabelledSentence], *, share: float = 0.1, seed: int = 2026
) -> list[LabelledSentence]:
    """Draw the sentences that are read once more, among those on which the passes agree.

    Parameters
    ----------
    rows
        All sentences.
    share
        How many to draw, as a share of all sentences.
    seed
        Same seed, same sentences.
    """
    agreed = [row for row in rows if not row.differing]
    return random.Random(seed).sample(agreed, round(share * len(rows)))  # noqa: S311
