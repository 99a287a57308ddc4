"""Fit the taggers of quotations on PolNeAR."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from stancekit.encoder import Encoder, SentenceReading, read_sentences
from stancekit.quotes.attributions import Stretch
from stancekit.quotes.find import read_for_tagging
from stancekit.quotes.linking import overlapping
from stancekit.quotes.marks import MARKS, ROLES, joined
from stancekit.records import Sentence
from stancekit.tagging import ReadText, TokenTagger
from stancekit.tagging.tagger import Span
from stancekit.text import split_article
from training.corpora.polnear import PolNeAR, read_polnear

Read: TypeAlias = Callable[[Sequence[str]], list[SentenceReading]]

ALPHA: Final = 1e-4
MAX_ITER: Final = 60
REACH: Final = 1
"""Words on each side that lend a word their vectors: +.009 token F1 of cues."""

LEANINGS: Final = {"source": 1.4, "cue": 1.0, "content": 1.2}
"""Log odds by which a span begins more readily than is likely: a missed one loses its partners.

Chosen on the development part for token F1 and the share of quotations with an overlapping source.
"""

_BEGINS: Final = 1


def fit_quotation_taggers(
    encoder: Encoder,
    root: Path,
    *,
    n_articles: int | None = None,
    max_iter: int = MAX_ITER,
    read: Read | None = None,
) -> dict[str, TokenTagger]:
    """Fit a tagger for each of source, cue and content on the training part of PolNeAR.

    Parameters
    ----------
    encoder
        Reads the articles.
    root
        The corpora folder.
    n_articles
        How many articles, spread over the corpus; None for all 840, about 900,000 tokens.
    max_iter
        Iterations of each tagger.
    read
        Reads the sentences of a document in the encoder's place, such as through a cache.

    Returns
    -------
    dict of str to TokenTagger
        By role, for `stancekit.quotes.find_quotations`.
    """
    reader = read or (lambda texts: read_sentences(encoder, texts))
    texts: list[ReadText] = []
    spans: dict[str, list[list[Span]]] = {role: [] for role in ROLES}
    for article, gold in _articles(read_polnear(root, "train"), n_articles):
        sentences = [one for one in split_article(article) if one.role != "boilerplate"]
        readings = reader([one.text for one in sentences])
        texts += read_for_tagging(article, sentences, readings)
        for role in ROLES:
            spans[role] += _by_sentence(sentences, joined(gold[role]), role)
    taggers = {
        role: TokenTagger(ALPHA, reach=REACH, marks=MARKS, max_iter=max_iter).fit(
            texts, spans[role]
        )
        for role in ROLES
    }
    for role, tagger in taggers.items():
        tagger.intercept_[_BEGINS] += LEANINGS[role]
    return taggers


def _articles(
    corpus: PolNeAR, n_articles: int | None
) -> Iterator[tuple[str, dict[str, list[Stretch]]]]:
    gold: dict[str, dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for row in corpus.attributions.itertuples():
        gold[str(row.doc_id)][str(row.role)].append((int(row.start), int(row.end)))  # type: ignore[arg-type]
    step = max(1, len(corpus.articles) // n_articles) if n_articles else 1
    articles = corpus.articles.iloc[::step].iloc[:n_articles]
    for doc_id, text in zip(articles["doc_id"], articles["text"], strict=True):
        yield text, gold[doc_id]


def _by_sentence(
    sentences: Sequence[Sentence], spans: Sequence[Stretch], role: str
) -> list[list[Span]]:
    """Cut spans at the borders of sentences."""
    return [
        [
            (max(start, one.start) - one.start, min(end, one.end) - one.start, role)
            for start, end in overlapping(spans, one.start, one.end)
        ]
        for one in sentences
    ]
