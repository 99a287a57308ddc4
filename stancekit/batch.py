"""Parsed articles to labelled ones, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from stancekit.article import Article
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.features.context import Row, sentence_rows, target_rows
from stancekit.parse import speech_of
from stancekit.quotes import Speech
from stancekit.records import Actor, Mention, Sentence
from stancekit.results import Floats, relations_of, stance_records


def label_articles(
    articles: Sequence[Article],
    *,
    claims: ClaimClassifier | None,
    stances: StanceClassifier | None,
) -> list[Article]:
    """Label articles.

    The rows of all articles are scored at once, which is far faster than one by one and
    gives the same labels.

    Parameters
    ----------
    articles
        Parsed, see `stancekit.parse`.
    claims, stances
        Fitted heads; without one its labels stay empty.
    """
    speech = [speech_of(article) for article in articles]
    described = list(zip(articles, speech, strict=True))
    targets = [_targets(article) if stances else [] for article in articles]
    claim_scores = _score(claims, [sentence_rows(*one) for one in described])
    stance_scores = _score(
        stances, [target_rows(*one, of) for one, of in zip(described, targets, strict=True)]
    )
    return [
        _labelled(article, said, claims, sentence_scores, stances, of, target_scores)
        for (article, said), sentence_scores, of, target_scores in zip(
            described, claim_scores, targets, stance_scores, strict=True
        )
    ]


def _labelled(
    article: Article,
    speech: Sequence[Speech],
    claims: ClaimClassifier | None,
    claim_scores: Floats,
    stances: StanceClassifier | None,
    targets: Sequence[tuple[Mention, Actor]],
    stance_scores: Floats,
) -> Article:
    sentences = [
        _labelled_sentence(sentence, said, claims, row)
        for sentence, said, row in zip(article.sentences, speech, claim_scores, strict=True)
    ]
    labels = stances.classes_.tolist() if stances else ()
    found = stance_records(speech, targets, stance_scores, labels)
    return replace(
        article, sentences=tuple(sentences), stances=found, relations=relations_of(found)
    )


def _labelled_sentence(
    sentence: Sentence, speech: Speech, claims: ClaimClassifier | None, probabilities: Floats
) -> Sentence:
    """Give a sentence its claims and speaker; boilerplate gets none."""
    if sentence.role == "boilerplate":
        return sentence
    if claims is None:
        return replace(sentence, speaker=speech.speaker)
    return replace(
        sentence,
        claims=dict(zip(claims.classes_.tolist(), probabilities.tolist(), strict=True)),
        claim_types=claims.types(probabilities),
        speaker=speech.speaker,
    )


def _targets(article: Article) -> list[tuple[Mention, Actor]]:
    """Return the mentions to judge; a mere place takes no side and is on none."""
    return [
        (mention, actor)
        for actor in article.actors
        if actor.kind != "place"
        for mention in actor.mentions
    ]


def _score(
    head: ClaimClassifier | StanceClassifier | None, groups: Sequence[Sequence[Row]]
) -> list[Floats]:
    """Score the rows of all groups at once; return the probabilities by group."""
    rows = [row for group in groups for row in group]
    if head is None or not rows:
        return [np.zeros((len(group), 0)) for group in groups]
    bounds = np.cumsum([len(group) for group in groups])[:-1]
    return np.split(head.predict_proba(rows), bounds)
