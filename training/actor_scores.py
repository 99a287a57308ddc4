"""Score how actors are found and told apart: CoNLL-2003's entities, and the actors of datasets/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from stancekit.actors import ActorFinder, resolve
from stancekit.encoder import CachedReader, Encoder, SentenceReading, read_sentences
from stancekit.evaluation.bootstrap import Sampling
from stancekit.records import Actor, Role, Sentence
from stancekit.tagging import TokenTagger
from stancekit.text import split_article
from training.articles import MarkedArticle
from training.scores import Score
from training.spans import Span, b_cubed, span_score
from training.taggers import KINDS, Named, read_texts

ARTICLES: Final = Path(__file__).resolve().parents[1] / "datasets" / "articles"
ACTING: Final = ("person", "organisation")

_ENTITY_OF: Final = {
    "person": "person",
    **dict.fromkeys(("organisation", "company", "party", "institution", "armed_group"), ACTING[1]),
}
_DATELINE: Final = re.compile(r"[A-Z][^a-z]*.* \d{4}-\d\d-\d\d")
_MAX_BYLINE: Final = 4

Reader = Encoder | CachedReader


def score_entities(
    sentences: Sequence[Named], tagger: TokenTagger, encoder: Reader, sampling: Sampling
) -> dict[str, Score]:
    """Score a tagger on tagged sentences: all kinds together, then each."""
    found = tagger.predict(read_texts(encoder, sentences))
    spans = [[(one.start, one.end, one.kind) for one in row] for row in found]
    gold = [one.spans for one in sentences]
    groups = {"all kinds": KINDS, "person and organisation": ACTING, **{k: (k,) for k in KINDS}}
    return {name: span_score(gold, spans, kinds, sampling) for name, kinds in groups.items()}


def score_mentions(
    sentences: Sequence[Named], finder: ActorFinder, encoder: Reader | None, sampling: Sampling
) -> dict[str, Score]:
    """Score a finder's people and organisations on tagged sentences, article by article."""
    found: list[list[Span]] = []
    for article in news_articles(sentences):
        found += _mentions([one.text for one in article], finder, encoder)
    gold = [one.spans for one in sentences]
    groups = {"person and organisation": ACTING, **{kind: (kind,) for kind in ACTING}}
    return {name: span_score(gold, found, kinds, sampling) for name, kinds in groups.items()}


def score_resolution(
    articles: Sequence[MarkedArticle],
    finder: ActorFinder,
    encoder: Reader | None,
    sampling: Sampling,
) -> Score:
    """Score who is the same in the project's own articles: B-cubed over their marked mentions.

    A mention that overlaps nothing found is an actor of its own.
    """
    return b_cubed([resolved_pairs(one, finder, encoder) for one in articles], sampling)


def resolved_pairs(
    article: MarkedArticle, finder: ActorFinder, encoder: Reader | None
) -> list[tuple[str, str]]:
    """Pair the gold actor of each marked mention with the actor found there."""
    sentences = split_article(article.text)
    readings = read_all(sentences, encoder)
    mentions = finder.find(sentences, readings)
    actors = resolve(mentions, sentences, date=article.header.get("date"))
    return [
        (name, _actor_at(start, end, actors) or f"missed at {start}")
        for start, end, name in marked_spans(article)
    ]


def marked_spans(article: MarkedArticle) -> Iterator[Span]:
    """Yield the marked mentions: start and end in the article's text, and the actor's name."""
    at, paragraph = 0, None
    for sentence in article.sentences:
        if paragraph is not None:
            at += 1 if sentence.paragraph == paragraph else 2
        for one in sentence.mentions:
            yield at + one.start, at + one.end, one.actor
        at, paragraph = at + len(sentence.text), sentence.paragraph


def read_all(sentences: Sequence[Sentence], encoder: Reader | None) -> list[SentenceReading] | None:
    """Read an article's sentences, where there is an encoder."""
    if encoder is None:
        return None
    texts = [one.text for one in sentences]
    if isinstance(encoder, CachedReader):
        return encoder.read(texts)
    return read_sentences(encoder, texts)


def news_articles(sentences: Sequence[Named]) -> Iterator[Sequence[Named]]:
    """Part consecutive sentences into articles: a headline, perhaps a name, place and date."""
    starts = [0]
    for at, one in enumerate(sentences):
        if _DATELINE.fullmatch(one.text) and at > starts[-1] + 1:
            before = sentences[at - 1].text.split()
            has_byline = len(before) < _MAX_BYLINE and not before[-1].isupper()
            starts.append(at - 1 - has_byline)
    for start, end in zip(starts, [*starts[1:], len(sentences)], strict=True):
        yield sentences[start:end]


def _mentions(
    texts: Sequence[str], finder: ActorFinder, encoder: Reader | None
) -> Iterator[list[Span]]:
    sentences = []
    at = 0
    for index, text in enumerate(texts):
        role: Role = "body" if index else "headline"
        sentences.append(Sentence(at, at + len(text), index, text, index, role))
        at += len(text) + 1
    spans: list[list[Span]] = [[] for _ in texts]
    for one in finder.find(sentences, read_all(sentences, encoder)):
        kind = _ENTITY_OF.get(one.kind)
        if kind:
            start = sentences[one.sentence].start
            spans[one.sentence].append((one.start - start, one.end - start, kind))
    yield from spans


def _actor_at(start: int, end: int, actors: Sequence[Actor]) -> str:
    """Return the identifier of the actor whose mention shares most with a span, or nothing."""
    shared = [
        (min(end, one.end) - max(start, one.start), -one.start, actor.id)
        for actor in actors
        for one in actor.mentions
        if one.start < end and start < one.end
    ]
    return max(shared)[2] if shared else ""
