"""Probabilities to records and columns: stances, relations, labelled tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.article import Article
from stancekit.classify.documents import DocumentClassifier
from stancekit.features.documents import actor_evidence
from stancekit.quotes import Speech
from stancekit.records import Actor, DocumentStance, Mention, Relation, Stance

Floats: TypeAlias = npt.NDArray[np.float64]

_MOST_EVIDENCE = 3
_LEAST_INFLUENCE = 0.005


def stance_records(
    speech: Sequence[Speech],
    targets: Sequence[tuple[Mention, Actor]],
    probabilities: Floats,
    labels: Sequence[str],
) -> tuple[Stance, ...]:
    """Make one stance per sentence and actor, the mean over its mentions there.

    Parameters
    ----------
    speech
        Of each sentence.
    targets
        The mentions judged.
    probabilities
        Shape (n_targets, n_labels).
    labels
        The stances.
    """
    groups: dict[tuple[int, str], list[int]] = {}
    for at, (mention, actor) in enumerate(targets):
        groups.setdefault((mention.sentence, actor.id), []).append(at)
    stances = []
    for (sentence, _), places in groups.items():
        mention, actor = targets[places[0]]
        row = probabilities[places].mean(axis=0)
        speaker = speech[sentence].speaker
        stances.append(
            Stance(
                sentence=sentence,
                actor=actor,
                label=labels[int(row.argmax())],
                probabilities=dict(zip(labels, row.tolist(), strict=True)),
                holder=None if speaker is None or speaker.id == actor.id else speaker,
                start=mention.start,
                end=mention.end,
            )
        )
    return tuple(sorted(stances, key=lambda stance: stance.start or 0))


def document_records(article: Article, head: DocumentClassifier) -> tuple[DocumentStance, ...]:
    """Judge the whole article's stance toward each actor that its sentences take one on.

    Parameters
    ----------
    article
        With stances and speakers.
    head
        Fitted.

    Returns
    -------
    tuple of DocumentStance
        In the order of the article's actors. Empty where the sentences' stances have names
        that the head doesn't know.
    """
    evidence = actor_evidence(article)
    actors = [actor for actor in article.actors if actor.id in evidence]
    rows = [evidence[actor.id] for actor in actors]
    labels = head.classes_.tolist()
    shares = [dict(zip(labels, row, strict=True)) for row in head.predict_proba(rows).tolist()]
    judged = zip(actors, rows, shares, head.intervals(rows).tolist(), strict=True)
    return tuple(
        DocumentStance(
            actor=actor,
            label=(label := max(found, key=found.__getitem__)),
            probabilities=found,
            score=found["supportive"] - found["critical"],
            low=low,
            high=high,
            n_sentences=len(of),
            evidence=_evidence(article, actor, head.influence(of, label)),
        )
        for actor, of, found, (low, high) in judged
    )


def _evidence(article: Article, actor: Actor, influence: Floats) -> tuple[int, ...]:
    """Return the sentences that matter most to a stance, those first."""
    places = [
        stance.sentence
        for stance in article.stances
        if stance.actor.id == actor.id and stance.sentence is not None
    ]
    order = [at for at in np.argsort(-influence, kind="stable") if influence[at] > _LEAST_INFLUENCE]
    return tuple(places[at] for at in order[:_MOST_EVIDENCE])


def relations_of(stances: Sequence[Stance], *, neutral: str = "neutral") -> tuple[Relation, ...]:
    """Draw an edge from each known holder to the target that it takes sides on."""
    return tuple(
        Relation(s.holder, s.actor, s.label, s.probabilities[s.label], s.sentence)
        for s in stances
        if s.holder is not None and s.sentence is not None and s.label != neutral
    )


def mean_by_row(values: Floats, rows: Sequence[int], n_rows: int) -> Floats:
    """Average values, shape (n_values, n_columns), over those of the same row.

    Examples
    --------
    >>> mean_by_row(np.array([[0.2], [0.4], [0.9]]), [0, 0, 1], 2).round(1).tolist()
    [[0.3], [0.9]]
    """
    totals = np.zeros((n_rows, values.shape[1]))
    np.add.at(totals, list(rows), values)
    return totals / np.bincount(rows, minlength=n_rows)[:, None] if n_rows else totals


def with_labels(
    frame: pd.DataFrame, names: Sequence[str], values: Floats, label: str, labels: Sequence[str]
) -> pd.DataFrame:
    """Add a probability column per name, and the column of labels, to a copy of a table."""
    labelled = frame.copy()
    for at, name in enumerate(names):
        labelled[name] = values[:, at] if len(frame) else pd.Series(dtype=float)
    labelled[label] = pd.Series(list(labels), index=frame.index, dtype=str)
    return labelled
