"""Probabilities to records: labelled sentences, stances, relations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from stancekit.article import Article
from stancekit.quotes import sentence_speech
from stancekit.records import Actor, Mention, Relation, Sentence, Stance


def labelled_sentences(
    article: Article,
    labels: Sequence[str],
    probabilities: npt.NDArray[np.float64],
    types_of: Callable[[npt.NDArray[np.float64]], tuple[str, ...]],
) -> tuple[Sentence, ...]:
    """Give each sentence its claims and speaker; boilerplate gets none.

    Parameters
    ----------
    article
        Not yet labelled.
    labels
        The claim types.
    probabilities
        Shape (n_sentences, n_types).
    types_of
        Probabilities of a sentence to the types above their thresholds.
    """
    speech = sentence_speech(article.sentences, article.quotations)
    return tuple(
        sentence
        if sentence.role == "boilerplate"
        else replace(
            sentence,
            claims=dict(zip(labels, row.tolist(), strict=True)),
            claim_types=types_of(row) if labels else (),
            speaker=said.speaker,
        )
        for sentence, row, said in zip(article.sentences, probabilities, speech, strict=True)
    )


def stance_records(
    article: Article,
    targets: Sequence[tuple[Mention, Actor]],
    probabilities: npt.NDArray[np.float64],
    labels: Sequence[str],
) -> tuple[Stance, ...]:
    """Make one stance per sentence and actor, the mean over its mentions there.

    Parameters
    ----------
    article
        Not yet labelled.
    targets
        The mentions judged.
    probabilities
        Shape (n_targets, n_labels).
    labels
        The stances.
    """
    speech = sentence_speech(article.sentences, article.quotations)
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


def relations_of(stances: Sequence[Stance], *, neutral: str = "neutral") -> tuple[Relation, ...]:
    """Draw an edge from each known holder to the target that it takes sides on."""
    return tuple(
        Relation(s.holder, s.actor, s.label, s.probabilities[s.label], s.sentence)
        for s in stances
        if s.holder is not None and s.sentence is not None and s.label != neutral
    )
