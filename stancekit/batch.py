"""Parsed articles to labelled ones, many at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from stancekit.article import Article
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.relations import RelationClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.encoder.reading import SentenceReading
from stancekit.features.context import Row, sentence_rows, target_rows
from stancekit.features.pairs import pair_rows
from stancekit.parse import speech_of
from stancekit.quotes import Speech
from stancekit.records import Actor, Mention, Sentence
from stancekit.relating import holder_pairs, relations_of_pairs
from stancekit.results import Floats, relations_of, stance_records


def label_articles(
    articles: Sequence[Article],
    *,
    claims: ClaimClassifier | None,
    stances: StanceClassifier | None,
    relations: RelationClassifier | None = None,
    readings: Sequence[list[SentenceReading] | None] | None = None,
    priors: Mapping[str, float] | None = None,
) -> list[Article]:
    """Label articles.

    The rows of all articles are scored at once, which is far faster than one by one and
    gives the same labels.

    Parameters
    ----------
    articles
        Parsed, see `stancekit.parse`.
    claims, stances, relations
        Fitted heads; without one its labels stay empty, but that without `relations` the
        stances toward others than the speaker are the relations.
    readings
        Of each article; None for heads that go by words.
    priors
        How common each stance is, see `StanceClassifier.predict_proba`.
    """
    speech = [speech_of(article) for article in articles]
    readings = readings or [None] * len(articles)
    described = list(zip(articles, speech, strict=True))
    targets = [
        _targets(article, read) if stances else []
        for article, read in zip(articles, readings, strict=True)
    ]
    sentences = [sentence_rows(*one, read) for one, read in zip(described, readings, strict=True)]
    judged = [
        target_rows(*one, of, read)
        for one, of, read in zip(described, targets, readings, strict=True)
    ]
    claim_scores = _score(claims.predict_proba if claims else None, sentences)
    stance_scores = _score(
        partial(stances.predict_proba, priors=priors) if stances else None, judged
    )
    labelled = [
        _labelled(article, said, claims, sentence_scores, stances, of, target_scores)
        for (article, said), sentence_scores, of, target_scores in zip(
            described, claim_scores, targets, stance_scores, strict=True
        )
    ]
    return _related(labelled, speech, readings, relations) if relations else labelled


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


def _related(
    articles: Sequence[Article],
    speech: Sequence[Sequence[Speech]],
    readings: Sequence[Sequence[SentenceReading] | None],
    head: RelationClassifier,
) -> list[Article]:
    """Judge who in each sentence holds which stance toward whom."""
    described = list(zip(articles, speech, readings, strict=True))
    pairs = [holder_pairs(article, _targets(article, read)) for article, _, read in described]
    rows = [
        pair_rows(article, said, of, read)
        for (article, said, read), of in zip(described, pairs, strict=True)
    ]
    labels = head.classes_.tolist()
    scores = _score(head.predict_proba, rows)
    return [
        replace(article, relations=relations_of_pairs(article, of, found, labels, article.stances))
        for article, of, found in zip(articles, pairs, scores, strict=True)
    ]


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


def _targets(
    article: Article, readings: Sequence[SentenceReading] | None
) -> list[tuple[Mention, Actor]]:
    """Return the mentions to judge; a mere place takes no side and is on none."""
    return [
        (mention, actor)
        for actor in article.actors
        if actor.kind != "place"
        for mention in actor.mentions
        if readings is None or _is_read(article, mention, readings)
    ]


def _is_read(article: Article, mention: Mention, readings: Sequence[SentenceReading]) -> bool:
    """Tell whether the encoder saw anything of a mention: there is no stance toward nothing."""
    start = article.sentences[mention.sentence].start
    return readings[mention.sentence].covers(mention.start - start, mention.end - start)


def _score(
    predict: Callable[[Sequence[Row]], Floats] | None, groups: Sequence[Sequence[Row]]
) -> list[Floats]:
    """Score the rows of all groups at once; return the probabilities by group."""
    rows = [row for group in groups for row in group]
    if predict is None or not rows:
        return [np.zeros((len(group), 0)) for group in groups]
    bounds = np.cumsum([len(group) for group in groups])[:-1]
    return np.split(predict(rows), bounds)
