"""Seconds by the length of an article: what each step adds to the encoder's, and does it grow.

An article is read once, and as 10 and 100 copies of itself in one text, so that every actor has
10 and 100 times as many mentions. A step that is linear takes as long per sentence each time.

    python -m benchmarks.length [--article FILE] [--copies 1 10 100] [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import stancekit
from stancekit.actors import resolve
from stancekit.article import Article
from stancekit.batch import label_articles
from stancekit.model import Model
from stancekit.parse import read_article
from stancekit.quotes import find_quotations
from stancekit.results import document_records
from stancekit.text import split_article

SAMPLE = Path(__file__).parent.parent / "samples" / "strait-talks.txt"

STEPS = ("split", "encoder", "mentions", "resolution", "attribution", "labels", "documents")
"""The steps of `Model.analyze`; attribution tags and assembles quotations and their speakers."""

Result = TypeVar("Result")


def main() -> None:
    """Print a row for each length: milliseconds per sentence, step by step."""
    options = _options()
    text = options.article.read_text(encoding="utf-8").strip()
    model = stancekit.load(options.model)
    print(" ".join(f"{name:>11}" for name in ("copies", "sentences", *STEPS, "who", "a second")))
    for copies in options.copies:
        n_sentences, spent = _measured(model, "\n\n".join([text] * copies), options.rounds)
        each = [1e3 * spent[step] / n_sentences for step in STEPS]
        who = (spent["resolution"] + spent["attribution"]) / max(spent["encoder"], 1e-9)
        cells = [f"{copies:>11}", f"{n_sentences:>11,}", *(f"{one:>11.3f}" for one in each)]
        print(*cells, f"{who:>11.1%}", f"{n_sentences / sum(spent.values()):>11.0f}")
    print("milliseconds a sentence, one core; who: resolution and attribution / encoder")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", default="news-encoder", help="a bundled model with an encoder")
    parser.add_argument("--article", type=Path, default=SAMPLE, help="a text file")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10, 100], help="lengths")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds; the fastest counts")
    return parser.parse_args()


def _measured(model: Model, text: str, rounds: int) -> tuple[int, dict[str, float]]:
    """Return the number of sentences, and the processor seconds of each step."""
    _round(model, text)
    found = [_round(model, text) for _ in range(rounds)]
    return found[0][0], {step: min(spent[step] for _, spent in found) for step in STEPS}


def _round(model: Model, text: str) -> tuple[int, dict[str, float]]:
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(step: str, work: Callable[[], Result]) -> Result:
        started = time.process_time()
        result = work()
        spent[step] += time.process_time() - started
        return result

    parser = model.parser
    sentences = timed("split", lambda: split_article(text))
    plain = Article(text, sentences, (), ())
    readings = timed("encoder", lambda: read_article(plain, parser.encoder))
    mentions = timed("mentions", lambda: parser.finder.find(sentences, readings))
    actors = timed("resolution", lambda: resolve(mentions, sentences))
    quotations = timed(
        "attribution",
        lambda: find_quotations(text, sentences, actors, readings, parser.taggers, parser.official),
    )
    parsed = Article(text, sentences, actors, quotations)
    (labelled,) = timed(
        "labels",
        lambda: label_articles(
            [parsed],
            claims=model.claims,
            stances=model.stances,
            relations=model.relations,
            readings=[readings],
        ),
    )
    if model.documents is not None:
        documents = model.documents
        timed("documents", lambda: document_records(labelled, documents))
    return len(sentences), spent


if __name__ == "__main__":
    main()
