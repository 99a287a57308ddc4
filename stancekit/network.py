"""Relations added up to a signed network of actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from stancekit.errors import StancekitError
from stancekit.labels import JOINER
from stancekit.records import Actor, Relation, Sentence

if TYPE_CHECKING:
    import networkx

SIGNS: Final = {"supportive": 1, "critical": -1}
"""What a relation's probability counts as; labels of the user's own count as 0."""


@dataclass(frozen=True)
class Edge:
    """Every relation of one holder toward one target.

    Attributes
    ----------
    holder, target
        The actors; a holder of None is the narrator.
    relations
        At least one, in text order.
    """

    holder: Actor | None
    target: Actor
    relations: tuple[Relation, ...]

    @property
    def weight(self) -> float:
        """Sum of the signed probabilities: above 0 for support, below it for criticism."""
        return sum(SIGNS.get(one.label, 0) * one.probability for one in self.relations)

    @property
    def label(self) -> str:
        """The label with the largest sum of probabilities; the first of equal ones."""
        totals: dict[str, float] = {}
        for one in self.relations:
            totals[one.label] = totals.get(one.label, 0.0) + one.probability
        return max(totals, key=totals.__getitem__)

    @property
    def sentences(self) -> tuple[int, ...]:
        """Indices of the sentences that show it, each once."""
        return tuple(dict.fromkeys(one.sentence for one in self.relations))

    def row(self, sentences: Sequence[Sentence]) -> dict[str, Any]:
        """Return the columns of ``to_frame("relations")``."""
        return {
            "holder": self.holder.name if self.holder else "",
            "target": self.target.name,
            "stance": self.label,
            "weight": self.weight,
            "n_sentences": len(self.sentences),
            "sentences": JOINER.join(map(str, self.sentences)),
            "evidence": "\n".join(sentences[at].text for at in self.sentences),
        }


def add_up(relations: Iterable[Relation]) -> list[Edge]:
    """Gather relations by holder and target, in order of first appearance.

    Examples
    --------
    >>> kenya, togo = Actor("KE", "Kenya", "country"), Actor("TG", "Togo", "country")
    >>> (edge,) = add_up([
    ...     Relation(kenya, togo, "critical", 0.75, 0), Relation(kenya, togo, "supportive", 0.5, 2)
    ... ])
    >>> edge.label, edge.weight, edge.sentences
    ('critical', -0.25, (0, 2))
    """
    found: dict[tuple[str, str], list[Relation]] = {}
    for one in relations:
        found.setdefault((one.holder.id if one.holder else "", one.target.id), []).append(one)
    return [Edge(same[0].holder, same[0].target, tuple(same)) for same in found.values()]


def draw_graph(
    actors: Sequence[Actor], relations: Iterable[Relation], sentences: Sequence[Sentence]
) -> networkx.DiGraph[str]:
    """Draw relations as a directed graph, see `stancekit.article.Article.relations_graph`.

    Raises
    ------
    StancekitError
        If networkx isn't installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise StancekitError(
            "a graph needs networkx, which is not installed: pip install 'stancekit[network]'"
        ) from error
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for actor in actors:
        named = {"name": actor.name, "kind": actor.kind, "country": actor.country}
        graph.add_node(actor.id, **named, n_mentions=len(actor.mentions))
    for edge in add_up(relations):
        if edge.holder is not None:
            row = edge.row(sentences)
            shown = {key: row[key] for key in row if key not in ("holder", "target")}
            graph.add_edge(edge.holder.id, edge.target.id, **shown)
    return graph
