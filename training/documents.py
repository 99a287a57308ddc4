"""The head that judges whole articles: its data, its fit and its cross-validated score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import GroupKFold

from stancekit.article import Article
from stancekit.batch import label_articles
from stancekit.classify.documents import DocumentClassifier
from stancekit.encoder import CachedReader
from stancekit.errors import ModelError
from stancekit.features.articles import parse_document
from stancekit.features.documents import actor_evidence
from stancekit.fit import Say
from stancekit.labels import STANCES
from stancekit.model import Model
from stancekit.parse import Parsed, Parser
from stancekit.records import Actor, Sentence
from training.corpora.persent import NO_TITLE, read_persent, restored
from training.lexical import claims_table, stances_table

Floats = npt.NDArray[np.float64]

PRIORS: Final = {"supportive": 0.35, "neutral": 0.45, "critical": 0.20}
"""Shares to reckon with, between those of PerSenT (.53, .37, .10), where main persons are rarely
criticised, and those that sentences are reckoned with (.15, .62, .23)."""

AGREED_WEIGHT: Final = 0.2
"""What an actor of `agreed_cases` counts beside an article of PerSenT."""

_LEAST_LABELLED = 0.5
_PARTICLES = frozenset("the of and al de da van von bin el la".split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, eq=False)
class Case:
    """An actor in an article whose stance toward it is known.

    Attributes
    ----------
    doc_id
        The article.
    stance
        Of the whole article.
    evidence
        See `stancekit.features.documents.actor_evidence`; no rows where the actor isn't found.
    """

    doc_id: str
    stance: str
    evidence: Floats


def fit_documents(
    model: Model,
    root: Path,
    *,
    reader: CachedReader | None = None,
    say: Say = lambda _: None,
) -> DocumentClassifier:
    """Fit the head on what a model says of articles that its stance head has not seen.

    PerSenT's development part tells how articles stand toward the persons that they are about;
    `agreed_cases` how they stand toward those whom they name in passing.

    Parameters
    ----------
    model
        With stances.
    root
        The corpora folder.
    reader
        A cache of what the model's encoder reads.
    say
        Told what is being done.

    Raises
    ------
    ModelError
        If the model doesn't tell the three stances.
    """
    say("judge of whole articles: PerSenT and our annotations")
    main = [one for one in persent_cases(model, root, reader=reader) if len(one.evidence)]
    return fit_cases(main, list(agreed_cases(model, root, reader=reader)))


def persent_cases(
    model: Model, root: Path, *, reader: CachedReader | None = None
) -> Iterator[Case]:
    """Judge the sentences of PerSenT's articles on the persons they are about."""
    for row in read_persent(root).itertuples():
        title = "" if row.title == NO_TITLE else f"{row.title}\n"
        parsed = _parser(model, reader).article(title + restored(str(row.text), str(row.target)))
        actor = actor_called(str(row.target), parsed.article.actors)
        evidence = {} if actor is None else _judged(model, parsed, [actor])
        found = evidence.get(actor.id) if actor else None
        yield Case(str(row.doc_id), str(row.stance), np.zeros((0, 0)) if found is None else found)


def agreed_cases(model: Model, root: Path, *, reader: CachedReader | None = None) -> Iterator[Case]:
    """Judge the actors of our annotated development articles whose sentences all agree.

    Where every labelled sentence takes the same stance on an actor, so does the article. Most
    of these actors are named once or twice and nothing is held for or against them. At least
    half of an actor's sentences must be labelled.
    """
    sentences, stances = (
        table[table["split"] == "dev"] for table in (claims_table(root), stances_table(root))
    )
    labels = dict(iter(stances.groupby("doc_id", sort=False)))
    for doc_id, rows in sentences.groupby("doc_id", sort=False):
        if doc_id not in labels:
            continue
        parsed = parse_document(rows, _parser(model, reader))
        known = _agreed(parsed.article, rows["sentence_id"].tolist(), labels[doc_id])
        actors = [actor for actor in parsed.article.actors if actor.id in known]
        for actor_id, evidence in _judged(model, parsed, actors).items():
            stance, n_labelled = known[actor_id]
            if n_labelled >= _LEAST_LABELLED * len(evidence):
                yield Case(str(doc_id), stance, evidence)


def fit_cases(main: Sequence[Case], agreed: Sequence[Case] = ()) -> DocumentClassifier:
    """Fit the head on cases that have evidence."""
    cases = [*main, *agreed]
    weight = np.array([1.0] * len(main) + [AGREED_WEIGHT] * len(agreed))
    head = DocumentClassifier(priors=PRIORS)
    return head.fit([one.evidence for one in cases], [one.stance for one in cases], weight)


def cross_fitted(
    main: Sequence[Case], agreed: Sequence[Case] = (), *, n_folds: int = 10
) -> Iterator[tuple[DocumentClassifier, npt.NDArray[np.intp]]]:
    """Fit a head for each fold of the articles, without them.

    Yields
    ------
    head, held_out
        The positions, in both lists one after the other, of the cases that it has not seen.
    """
    cases = [*main, *agreed]
    groups = [one.doc_id for one in cases]
    for train, held_out in GroupKFold(n_folds, shuffle=True, random_state=0).split(
        groups, groups=groups
    ):
        known_main = [cases[at] for at in train if at < len(main)]
        known_agreed = [cases[at] for at in train if at >= len(main)]
        yield fit_cases(known_main, known_agreed), held_out


def actor_called(name: str, actors: Sequence[Actor]) -> Actor | None:
    """Find whom a name means: who shares most words with it, of equals who is named most.

    Examples
    --------
    >>> silva, town = Actor("1", "Ana Silva", "person"), Actor("2", "Silva", "place")
    >>> actor_called("SILVA", [town, silva]).id
    '1'
    >>> actor_called("Joe Bloggs", [town, silva]) is None
    True
    """
    words = _words(name)
    named = [(len(words & _words(one.name)), len(one.mentions), one) for one in actors]
    known = [one for one in named if one[0] and one[2].kind != "place"]
    return max(known, key=lambda one: one[:2])[2] if known else None


def naive_mean(evidence: Floats) -> Floats:
    """Average the stances of sentences, as probabilities in the order of `STANCES`."""
    support, criticism = evidence[:, :2].mean(axis=0)
    return np.array([support, 1 - support - criticism, criticism])


def _words(name: str) -> set[str]:
    return set(_WORD.findall(name.casefold())) - _PARTICLES


def _parser(model: Model, reader: CachedReader | None) -> Parser:
    if not set(STANCES) <= set(model.stance_labels):
        found = ", ".join(model.stance_labels) or "no stance head"
        raise ModelError(f"expected a model that tells {', '.join(STANCES)}; found {found}")
    return model.parser if reader is None else replace(model.parser, encoder=reader)


def _judged(model: Model, parsed: Parsed, actors: Sequence[Actor]) -> dict[str, Floats]:
    """Label the sentences that name some actors; return what they say, by the actor's id."""
    article = replace(parsed.article, actors=tuple(actors))
    readings = None if parsed.readings is None else [parsed.readings]
    labelled = label_articles([article], claims=None, stances=model.stances, readings=readings)
    return dict(actor_evidence(labelled[0]))


def _agreed(
    article: Article, sentence_ids: Sequence[str], labels: pd.DataFrame
) -> dict[str, tuple[str, int]]:
    """Return the stance and the number of labelled sentences of actors on whom all agree."""
    place = {sentence_id: at for at, sentence_id in enumerate(sentence_ids)}
    said: dict[str, set[str]] = {}
    sentences: dict[str, set[int]] = {}
    for row in labels[labels["sentence_id"].isin(place)].itertuples():
        at = place[str(row.sentence_id)]
        for actor in article.actors:
            if _is_named(actor, article.sentences[at], row):
                said.setdefault(actor.id, set()).add(str(row.stance))
                sentences.setdefault(actor.id, set()).add(at)
    return {
        actor: (next(iter(stances)), len(sentences[actor]))
        for actor, stances in said.items()
        if len(stances) == 1
    }


def _is_named(actor: Actor, sentence: Sentence, row: object) -> bool:
    start, end = (sentence.start + int(getattr(row, name)) for name in ("start", "end"))
    return any(
        mention.sentence == sentence.index and mention.start < end and start < mention.end
        for mention in actor.mentions
    )
