"""Who may hold a stance toward whom in an article, and the relations that come of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from stancekit.article import Article
from stancekit.records import Actor, Mention, Quotation, Relation, Stance

Floats: TypeAlias = npt.NDArray[np.float64]
Named: TypeAlias = tuple[Mention, Actor]
Pair: TypeAlias = tuple[Named, Named]

_NEAREST = 6
"""Mentions on either side of a target that may be its holder's: keeps long lists linear."""


@dataclass(frozen=True)
class _Place:
    """A mention and the innermost quotation that holds it."""

    mention: Mention
    actor: Actor
    quotation: Quotation | None

    @property
    def named(self) -> Named:
        return self.mention, self.actor

    @property
    def speaker(self) -> Actor | None:
        return self.quotation.speaker if self.quotation else None


def holder_pairs(article: Article, targets: Sequence[Named]) -> list[Pair]:
    """Pair every target with those in its sentence who may hold a stance toward it.

    Inside a quotation that is the speaker; outside, and where the speaker isn't known,
    whoever else is named outside it, or inside the same one.

    Parameters
    ----------
    article
        With sentences, actors and quotations.
    targets
        The mentions to judge.

    Returns
    -------
    list of (holder, target)
        In text order of the targets; per target each holder once, at the mention nearest to
        it. Nobody is paired with himself.
    """
    places = _places(article, targets)
    pairs: list[Pair] = []
    for here in _by_sentence(places):
        for at, target in enumerate(here):
            near = here[max(0, at - _NEAREST) : at + _NEAREST + 1]
            if target.speaker is not None:
                # The speaker's name may stand far from what he says at length.
                near = [one for one in here if one.actor.id == target.speaker.id]
            pairs += [(holder.named, target.named) for holder in _holders(target, near)]
    return pairs


def relations_of_pairs(
    article: Article,
    pairs: Sequence[Pair],
    probabilities: Floats,
    labels: Sequence[str],
    stances: Sequence[Stance],
    *,
    neutral: str = "neutral",
) -> tuple[Relation, ...]:
    """Join what the relation head says of pairs with what the stance head says of targets.

    Parameters
    ----------
    article
        With sentences and quotations.
    pairs
        Those of `holder_pairs`.
    probabilities
        Of each pair, shape (n_pairs, n_labels).
    labels
        The relation head's.
    stances
        The stance head's, of sentences.
    neutral
        The label that makes no relation.

    Returns
    -------
    tuple of Relation
        In text order. Where the head finds no holder of a stance that a sentence shows, the
        holder is the speaker, or outside quotations the narrator (None).
    """
    found = []
    for sentence, holder, target, row in _mean_by_pair(pairs, probabilities):
        label = labels[int(row.argmax())]
        if label != neutral:
            found.append(Relation(holder, target, label, float(row.max()), sentence))
    sides = {(one.sentence, one.target.id) for one in found}
    found += [
        relation
        for stance in stances
        if stance.label != neutral and (stance.sentence, stance.actor.id) not in sides
        for relation in _from_stance(stance, article.quotations)
    ]
    return tuple(sorted(found, key=_order(article)))


def _places(article: Article, targets: Sequence[Named]) -> list[_Place]:
    """Find the innermost quotation of each mention, in text order."""
    waiting = deque(sorted(article.quotations, key=lambda one: (one.start, -one.end)))
    opened: list[Quotation] = []
    places = []
    for mention, actor in sorted(targets, key=lambda one: one[0].start):
        while waiting and waiting[0].start <= mention.start:
            opened.append(waiting.popleft())
        opened = [one for one in opened if one.end > mention.start]
        holding = [one for one in opened if mention.end <= one.end]
        places.append(_Place(mention, actor, holding[-1] if holding else None))
    return places


def _by_sentence(places: Sequence[_Place]) -> Iterator[list[_Place]]:
    groups: dict[int, list[_Place]] = {}
    for place in places:
        groups.setdefault(place.mention.sentence, []).append(place)
    yield from groups.values()


def _holders(target: _Place, near: Sequence[_Place]) -> list[_Place]:
    """Return each possible holder at its mention nearest to the target."""
    nearest: dict[str, _Place] = {}
    for one in near:
        if one.actor.id == target.actor.id or not _may_hold(one, target):
            continue
        known = nearest.get(one.actor.id)
        if known is None or _gap(one, target) < _gap(known, target):
            nearest[one.actor.id] = one
    return list(nearest.values())


def _may_hold(one: _Place, target: _Place) -> bool:
    if target.speaker is not None:
        return one.actor.id == target.speaker.id
    return one.quotation is target.quotation


def _gap(one: _Place, other: _Place) -> int:
    return abs(one.mention.start - other.mention.start)


def _mean_by_pair(
    pairs: Sequence[Pair], probabilities: Floats
) -> Iterator[tuple[int, Actor, Actor, Floats]]:
    """Average the probabilities of the same two actors in the same sentence."""
    rows: dict[tuple[int, str, str], list[int]] = {}
    for at, ((mention, holder), (_, target)) in enumerate(pairs):
        rows.setdefault((mention.sentence, holder.id, target.id), []).append(at)
    for (sentence, _, _), of in rows.items():
        (_, holder), (_, target) = pairs[of[0]]
        yield sentence, holder, target, probabilities[of].mean(axis=0)


def _from_stance(stance: Stance, quotations: Sequence[Quotation]) -> Iterator[Relation]:
    """Give a stance that no pair explains to the speaker or to the narrator."""
    if stance.sentence is None or stance.start is None or stance.end is None:
        return
    start, end = stance.start, stance.end
    holding = [one for one in quotations if one.start <= start and end <= one.end]
    innermost = min(holding, key=lambda one: one.end - one.start, default=None)
    holder = innermost.speaker if innermost else None
    # Nobody known says it, or the actor of himself.
    if innermost and (holder is None or holder.id == stance.actor.id):
        return
    probability = stance.probabilities[stance.label]
    yield Relation(holder, stance.actor, stance.label, probability, stance.sentence)


def _order(article: Article) -> Callable[[Relation], tuple[int, int]]:
    """Order relations by sentence, then by where the target is named first in it."""
    first = {
        (mention.sentence, actor.id): mention.start
        for actor in article.actors
        for mention in reversed(actor.mentions)
    }
    return lambda one: (one.sentence, first.get((one.sentence, one.target.id), 0))
