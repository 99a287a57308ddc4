"""What each sentence of an article says of an actor, as the judge of the whole asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from stancekit.features.context import quoted_in
from stancekit.records import Span

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.records import Stance

Floats: TypeAlias = npt.NDArray[np.float64]

COLUMNS: Final = ("supportive", "critical", "speaks", "quoted", "lead", "person")
"""Columns of the evidence: two probabilities, then whether the actor speaks in the sentence, is
named inside a quotation, in the first third of the article, and is a person; 0 to 1."""

TERMS: Final = (
    "support",
    "criticism",
    "support in the lead",
    "criticism in the lead",
    "support of a lone sentence",
    "criticism of a lone sentence",
    "speaks",
    "quoted",
    "person",
)
"""What is averaged over the sentences of an article."""

_LEAD = 1 / 3
_SIDES = frozenset(COLUMNS[:2])


def actor_evidence(article: Article) -> Mapping[str, Floats]:
    """Gather what the sentences of an article say of each actor.

    Parameters
    ----------
    article
        With stances and speakers.

    Returns
    -------
    dict
        Id of the actor -> a row per stance toward it, in text order, shape
        (n_sentences, `COLUMNS`). Actors come in the article's order; those without a stance,
        or with stances that are called otherwise than `stancekit.labels.STANCES`, are left out.
    """
    is_quoted = quoted_in(article.quotations)
    rows: dict[str, list[list[float]]] = {actor.id: [] for actor in article.actors}
    for stance in article.stances:
        if stance.sentence is None or not set(stance.probabilities) >= _SIDES:
            continue
        inside = is_quoted(Span(stance.start or 0, stance.end or 1))
        rows[stance.actor.id].append(_row(article, stance, stance.sentence, inside))
    return {actor: np.array(found) for actor, found in rows.items() if found}


def terms_of(evidence: Floats) -> Floats:
    """Return what is averaged over sentences, shape (n_sentences, `TERMS`)."""
    sides, (speaks, quoted, lead, person) = evidence[:, :2], evidence[:, 2:].T
    return np.column_stack(
        [sides, sides * lead[:, None], sides / len(evidence), speaks, quoted, person]
    )


def _row(article: Article, stance: Stance, at: int, is_quoted: bool) -> list[float]:
    sentence = article.sentences[at]
    speaks = sentence.speaker is not None and sentence.speaker.id == stance.actor.id
    return [
        stance.probabilities["supportive"],
        stance.probabilities["critical"],
        float(speaks),
        float(is_quoted),
        float(at < len(article.sentences) * _LEAD),
        float(stance.actor.kind == "person"),
    ]
