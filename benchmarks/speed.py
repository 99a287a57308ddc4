"""Sentences a second on one core, from raw text to labels, against a plain peer.

The peer is what people write first: scikit-learn's tf-idf of words and pairs with logistic
regressions, one prediction a sentence for claims and one a mention for stances, given the
sentences and mentions that stancekit found. Both run in turn in the same process on the same
articles, and the ratio of their medians is what to quote.

    python -m benchmarks.speed [--rounds 5] [--texts FOLDER]
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

import stancekit
from stancekit.labels import CLAIM_TYPES, split_types
from stancekit.model import Model
from training.articles import read_articles

DATASETS = Path(__file__).parent.parent / "datasets"


def main() -> None:
    """Print the figures."""
    options = _options()
    texts = _texts(options.texts)
    model = stancekit.load(options.model)
    articles = list(model.analyze_many(texts))
    n_sentences = sum(len(article.sentences) for article in articles)
    n_stances = sum(len(article.stances) for article in articles)
    peer = _peer()
    rows = [
        (sentence.text, [s.start for s in article.stances_of(sentence.index)])
        for article in articles
        for sentence in article.sentences
    ]
    ours = _times(lambda: list(model.analyze_many(texts)), options.rounds)
    theirs = _times(lambda: peer(rows), options.rounds)
    print(f"{len(texts)} articles, {n_sentences:,} sentences, {n_stances:,} stances; one core")
    print(f"stancekit, raw text to labels: {n_sentences / ours:,.0f} sentences a second")
    print(f"peer, labels alone, given sentences and mentions: {n_sentences / theirs:,.0f}")
    print(f"time ratio stancekit / peer: {ours / theirs:.2f}")
    print(f"load: {_load_seconds(options.model):.2f} s")
    few, many = _peak(model, texts), _peak(model, texts * options.many)
    print(
        f"peak of Python memory while streaming: {few:.1f} MB for {len(texts)} articles, ", end=""
    )
    print(f"{many:.1f} MB for {len(texts) * options.many:,}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", default="news-lexical", help="a bundled model")
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds; the median counts")
    parser.add_argument("--many", type=int, default=20, help="times the texts, for memory")
    parser.add_argument("--texts", type=Path, help="folder of .txt articles; default: datasets/")
    return parser.parse_args()


def _texts(folder: Path | None) -> list[str]:
    if folder is None:
        return [article.text for article in read_articles(DATASETS / "articles")]
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def _peer() -> Callable[[list[tuple[str, list[int | None]]]], None]:
    claims = pd.read_csv(DATASETS / "claims.csv", dtype=str, keep_default_na=False)
    stances = pd.read_csv(DATASETS / "stances.csv", dtype=str, keep_default_na=False)
    types = [split_types(cell) for cell in claims["claim_types"]]
    truth = [[name in found for name in CLAIM_TYPES] for found in types]
    claim_head = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2)), OneVsRestClassifier(LogisticRegression())
    ).fit(claims["text"], pd.DataFrame(truth).to_numpy())
    stance_head = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()).fit(
        stances["text"], stances["stance"]
    )

    def label(rows: list[tuple[str, list[int | None]]]) -> None:
        for text, mentions in rows:
            claim_head.predict_proba([text])
            if mentions:
                stance_head.predict_proba([text] * len(mentions))

    return label


def _times(work: Callable[[], object], rounds: int) -> float:
    work()
    return statistics.median(_one(work) for _ in range(rounds))


def _one(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _load_seconds(name: str) -> float:
    return _one(lambda: stancekit.load(str(Path(stancekit.__file__).parent / "models" / name)))


def _peak(model: Model, texts: list[str]) -> float:
    tracemalloc.start()
    for _ in model.analyze_many(_stream(texts)):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def _stream(texts: list[str]) -> Iterator[str]:
    yield from texts


if __name__ == "__main__":
    main()
