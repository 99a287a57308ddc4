"""Fit what signs weigh when a phrase such as "the minister" points back to an actor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from stancekit.actors import ActorFinder, Roster, weigh
from stancekit.actors.figures import Figure
from stancekit.actors.pointers import Choice, resolve_phrases
from stancekit.actors.resolve import name_all
from stancekit.actors.weigh import Signs
from stancekit.records import Mention
from stancekit.text import split_article
from training.actor_scores import Reader, marked_spans, read_all
from training.articles import MarkedArticle
from training.spans import Span

TARGET: Final = Path(weigh.__file__).parent / "data" / "pointers.toml"
PENALTY: Final = 2.0
"""Of the squared weights, as a Gaussian prior of variance 1 / PENALTY."""

LEANING: Final = -1.4
"""Log odds by which a phrase means nobody less readily than is likely.

Chosen for B-cubed and for speakers, on dev: a missed phrase costs every other mention of its actor.
Further down gains nothing and finds more that is not meant.
"""

_MIN_COUNT: Final = 8

Floats = npt.NDArray[np.float64]
Example = tuple[list[Signs], int]
"""What speaks for each choice, the last being nobody, and which is right."""


def examples(
    articles: Sequence[MarkedArticle], finder: ActorFinder, encoder: Reader | None
) -> Iterator[Example]:
    """Yield the phrases of the project's own articles, with whom they mean.

    Parameters
    ----------
    articles
        With marked mentions. A phrase that is no marked mention means nobody.
    finder, encoder
        Find the actors' names.
    """
    for article in articles:
        sentences = split_article(article.text)
        mentions = finder.find(sentences, read_all(sentences, encoder))
        date = article.header.get("date")
        named, cast, scene = name_all(mentions, sentences, date, Roster.bundled())
        gold = list(marked_spans(article))
        teacher = _Teacher(gold, _meant(named, gold))
        list(resolve_phrases(named, cast, scene, teacher.decide))
        yield from teacher.found


class _Teacher:
    """Decides phrases as the labels do, and keeps them."""

    def __init__(self, gold: Sequence[Span], meant: Mapping[str, str]) -> None:
        self.gold, self.meant = gold, meant
        self.found: list[Example] = []

    def decide(self, choice: Choice) -> Figure | None:
        """Return the actor that a marked phrase means, or None."""
        end = choice.phrase.end
        name = next((who for start, stop, who in self.gold if start < end <= stop), "")
        fits = [bool(name) and name == self.meant.get(one.name) for one, _ in choice.options]
        at = fits.index(True) if any(fits) else len(fits)
        self.found.append(([*(signs for _, signs in choice.options), choice.none], at))
        return choice.options[at][0] if any(fits) else None


def _meant(named: Sequence[Mention], gold: Sequence[Span]) -> dict[str, str]:
    """Give each found actor the gold actor that most of its mentions mean."""
    votes: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in named:
        for start, end, name in gold:
            shared = min(end, mention.end) - max(start, mention.start)
            if shared > 0:
                votes[mention.name][name] += shared / max(end - start, mention.end - mention.start)
    return {name: max(found, key=found.__getitem__) for name, found in votes.items()}


def fit_weights(found: Sequence[Example], penalty: float = PENALTY) -> dict[str, float]:
    """Fit the weights by the likelihood of the right choices, each phrase a choice of one.

    Parameters
    ----------
    found
        See `examples`.
    penalty
        Of the squared weights.

    Returns
    -------
    dict of str to float
        By sign, rounded to two places; signs that few phrases have are left out.
    """
    counts = Counter(name for rows, _ in found for name in {key for row in rows for key in row})
    names = sorted(name for name, n in counts.items() if n >= _MIN_COUNT)
    place = {name: at for at, name in enumerate(names)}
    rows = [row for one, _ in found for row in one]
    X = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                X[at, place[name]] = value
    sizes = np.array([len(one) for one, _ in found])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([at for _, at in found])

    def loss(w: Floats) -> tuple[float, Floats]:
        scores = X @ w
        top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
        odds = np.exp(scores - top)
        sums = np.repeat(np.add.reduceat(odds, starts), sizes)
        chance = odds / sums
        value = -np.log(chance[right]).sum() + penalty / 2 * w @ w
        return float(value), X.T @ chance - X[right].sum(axis=0) + penalty * w

    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    fitted = {name: float(value) for name, value in zip(names, w, strict=True)}
    fitted["nobody"] = fitted.get("nobody", 0.0) + LEANING
    return {name: round(value, 2) for name, value in fitted.items()}


def share_right(found: Sequence[Example], weights: Mapping[str, float]) -> float:
    """Return the share of phrases for which the right choice weighs most, 0 to 1."""
    right = 0
    for rows, at in found:
        scores = [sum(weights.get(name, 0.0) * n for name, n in row.items()) for row in rows]
        right += max(range(len(scores)), key=scores.__getitem__) == at
    return right / max(1, len(found))


def write_weights(weights: dict[str, float], path: Path = TARGET) -> None:
    """Write weights as the file that `stancekit.actors.weigh.weights` reads."""
    lines = [f'"{name}" = {value}' for name, value in sorted(weights.items()) if value]
    head = "# What each sign weighs; made by: python -m training pointers\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
