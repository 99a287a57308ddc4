"""How often the speaker of a sentence is found, and whether he is official, on `datasets`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from stancekit.actors import Roster
from stancekit.article import Article
from stancekit.evaluation.bootstrap import Sampling
from stancekit.parse import HEADLINE, speech_of
from stancekit.quotes import Speech
from stancekit.tables import read_csv
from training.labelled import FOLDER
from training.scores import Score, share

Parse: TypeAlias = Callable[[Sequence[str], bool], Article]
"""Texts of consecutive sentences, and whether the first is a headline, to their article."""

_EMPTY: Final = frozenset("a an the of in at on for from to and his her its their".split())


def score_speakers(
    parse: Parse, split: str, *, n_bootstrap: int = 1000, seed: int = 0
) -> list[Score]:
    """Score the speakers of the sentences of `datasets`.

    Parameters
    ----------
    parse
        Finds the actors and quotations of an article.
    split
        ``"train"``, ``"dev"`` or ``"test"``.
    n_bootstrap, seed
        Samples of articles for the intervals.

    Returns
    -------
    list of Score
        Of the sentences with a gold speaker: the share with any speaker found; with the right
        one; with the right one where the gold speaker is a declared actor. Of those with
        a speaker found: the share with the right officialness.
    """
    rows = list(_judged(parse, split))
    sampling = Sampling(n_bootstrap, seed)
    chosen = {
        "speaker found": [(row, said.status != "none") for row, said in rows],
        "speaker": [(row, is_speaker(row.speaker, said)) for row, said in rows],
        "speaker, declared actors": [
            (row, is_speaker(row.speaker, said)) for row, said in rows if row.is_declared
        ],
        "official, where found": [
            (row, said.official == (row.official == "yes"))
            for row, said in rows
            if said.source or said.speaker
        ],
    }
    return [
        share(name, "share of sentences", _by_document(judged), sampling)
        for name, judged in chosen.items()
    ]


def is_speaker(gold: str, said: Speech) -> bool:
    """Whether the right speaker is found: by name, or by most of the words.

    Examples
    --------
    >>> is_speaker("aid workers", Speech(source="two aid workers"))
    True
    >>> is_speaker("Ana Silva", Speech(source="Berg"))
    False
    """
    if said.speaker is not None and _is_same(gold, said.speaker.name):
        return True
    return _alike(gold, said.source)


def _is_same(gold: str, found: str) -> bool:
    """Whether two names mean one actor, perhaps by a name that the roster knows of it alone."""
    known = {entry.actor for entry in Roster.bundled().lookup(gold)}
    return known == {found} or _alike(gold, found)


def _alike(gold: str, found: str) -> bool:
    wanted, words = _words(gold), _words(found)
    return bool(wanted) and 2 * len(wanted & words) >= len(wanted) and bool(wanted & words)


def _words(phrase: str) -> set[str]:
    return {word.strip(",.'’\"").removesuffix("s") for word in phrase.lower().split()} - _EMPTY


def _judged(parse: Parse, split: str) -> Iterator[tuple[Any, Speech]]:
    claims, actors = (read_csv(FOLDER / f"{name}.csv") for name in ("claims", "actors"))
    known = set(zip(actors["doc_id"], actors["actor"], strict=True))
    names = zip(claims["doc_id"], claims["speaker"], strict=True)
    claims["is_declared"] = [pair in known for pair in names]
    for _, rows in claims[claims["split"] == split].groupby("doc_id", sort=False):
        article = parse(rows["text"].tolist(), rows["sentence_id"].iloc[0] == HEADLINE)
        for row, said in zip(rows.itertuples(), speech_of(article), strict=True):
            if row.speaker:
                yield row, said


def _by_document(judged: Sequence[tuple[Any, bool]]) -> list[tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for row, is_right in judged:
        hits, units = counts.get(row.doc_id, (0, 0))
        counts[row.doc_id] = hits + is_right, units + 1
    return list(counts.values())
