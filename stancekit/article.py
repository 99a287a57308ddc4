"""The article that users hold: its records, as tables, and their explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from stancekit.errors import InputError, StancekitError
from stancekit.labels import CLAIM_TYPES, STANCES
from stancekit.network import add_up, draw_graph
from stancekit.records import (
    Actor,
    DocumentStance,
    Mention,
    Quotation,
    Relation,
    Sentence,
    Stance,
)

if TYPE_CHECKING:
    import networkx
    import pandas as pd

View: TypeAlias = Literal["sentences", "actors", "stances", "relations", "quotations", "documents"]


@dataclass(frozen=True)
class Explanation:
    """Why a linear head gave its answer: contributions that add up to its logit.

    Attributes
    ----------
    label
        The claim type or stance explained.
    logit
        The head's raw score, before calibration: ``bias + sum of all contributions``.
    bias
        The intercept.
    tokens
        ``(word, start, end, contribution)``, offsets in the sentence's text.
    context
        Contributions of what is not a word of the sentence: position, quotation,
        speaker, neighbours.
    """

    label: str
    logit: float
    bias: float
    tokens: tuple[tuple[str, int, int, float], ...]
    context: Mapping[str, float] = field(hash=False)


class Explainer(Protocol):
    """What `Article.explain` asks: a fitted model."""

    def explain_article(
        self, article: Article, *, sentence: int, claim: str | None, actor: str | None
    ) -> Explanation:
        """Explain one claim type of a sentence, or its stance toward an actor."""


@dataclass(frozen=True)
class Article:
    """A news article and everything that stancekit says of it.

    Attributes
    ----------
    text
        As given; every offset counts its characters.
    sentences, actors, quotations, stances, relations
        The records, in text order.
    document_stances
        How the whole article stands toward each actor that is judged, in the order of
        `actors`; empty for a model without a head for it.
    date
        ISO date that the caller gave, or that the dateline shows.
    notes
        What the analysis could not do, in words ("no text", ...).

    Examples
    --------
    >>> import stancekit
    >>> article = stancekit.analyze("France praised Kenya on Monday.")
    >>> [actor.name for actor in article.actors]
    ['France', 'Kenya']
    """

    text: str
    sentences: tuple[Sentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    stances: tuple[Stance, ...] = ()
    relations: tuple[Relation, ...] = ()
    document_stances: tuple[DocumentStance, ...] = ()
    date: str | None = None
    notes: tuple[str, ...] = ()
    explainer: Explainer | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "explainer": None}

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention of every actor, in text order."""
        found = (mention for actor in self.actors for mention in actor.mentions)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def stances_of(self, sentence: int) -> tuple[Stance, ...]:
        """Return the stances of one sentence."""
        return tuple(stance for stance in self.stances if stance.sentence == sentence)

    def with_explainer(self, explainer: Explainer) -> Article:
        """Return the same article, able to `explain` itself."""
        return replace(self, explainer=explainer)

    def explain(
        self, *, sentence: int, claim: str | None = None, actor: str | None = None
    ) -> Explanation:
        """Show which words and signs led to a label.

        Parameters
        ----------
        sentence
            Index of the sentence.
        claim
            A claim type to explain; or
        actor
            the name or id of an actor whose most probable stance to explain.

        Returns
        -------
        Explanation
            Exact: its parts add up to the linear head's logit.

        Raises
        ------
        InputError
            If the sentence, claim type or actor isn't there, or neither or both of
            `claim` and `actor` are given.
        StancekitError
            If the article was unpickled, which leaves its model behind; analyse it again.
        """
        if self.explainer is None:
            raise StancekitError(
                "this article has no model to ask (it was copied between processes or built "
                "by hand): analyse its text again, or call model.explain_article(article, ...)"
            )
        if (claim is None) == (actor is None):
            raise InputError("expected either claim=... or actor=...; found neither or both")
        return self.explainer.explain_article(self, sentence=sentence, claim=claim, actor=actor)

    def to_frame(self, view: View = "sentences") -> pd.DataFrame:
        """Show one kind of record as a table.

        Parameters
        ----------
        view
            ``"sentences"``, ``"actors"``, ``"stances"``, ``"relations"``, ``"quotations"`` or
            ``"documents"``, the stances of the whole article.

        Returns
        -------
        DataFrame
            One row per record, in text order; the same columns also when there is no row.
            Relations are added up to a network: a row per holder and target with the
            ``weight``, the sum of the probabilities of support less those of criticism, and
            the ``evidence``, its sentences, one a line. An empty holder is the narrator.
            The evidence of a document's stance is the sentences that tell most, those first.

        Raises
        ------
        InputError
            If the view is unknown.
        """
        import pandas as pd

        if view not in _COLUMNS:
            raise InputError(f"expected a view out of {', '.join(_COLUMNS)}; found {view!r}")
        rows: list[dict[str, Any]]
        if view == "quotations":
            rows = [{"content": self.text[q.start : q.end], **q.row()} for q in self.quotations]
        elif view == "relations":
            rows = [edge.row(self.sentences) for edge in add_up(self.relations)]
        elif view == "documents":
            rows = [one.row(self.sentences) for one in self.document_stances]
        else:
            rows = [record.row() for record in getattr(self, view)]
        # Without a labelled sentence there is no label to name a column after.
        unlabelled = view == "sentences" and not any(one.claims for one in self.sentences)
        columns = list(_COLUMNS[view]) if unlabelled or not rows else None
        return pd.DataFrame(rows, columns=columns)

    def relations_graph(self) -> networkx.DiGraph[str]:
        """Draw who stands how toward whom as a signed, weighted network.

        Returns
        -------
        networkx.DiGraph
            A node per actor, by id, with ``name``, ``kind``, ``country`` and
            ``n_mentions``; an edge from holder to target with the columns of
            ``to_frame("relations")``. The narrator's relations are left out.

        Raises
        ------
        StancekitError
            If networkx isn't installed: ``pip install 'stancekit[network]'``.
        """
        return draw_graph(self.actors, self.relations, self.sentences)


_SPANS = ("start", "end")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "sentences": (
        *("sentence", "text", *_SPANS, "paragraph", "role", "speaker", "claim_types"),
        *CLAIM_TYPES,
    ),
    "actors": ("actor", "id", "kind", "country", "office", "n_mentions", "first"),
    "stances": ("sentence", "actor", "stance", *STANCES, "holder", *_SPANS),
    "relations": (
        *("holder", "target", "stance", "weight", "n_sentences", "sentences", "evidence"),
    ),
    "quotations": ("content", "speaker", "source", "cue", "direct", "official", *_SPANS),
    "documents": (
        *("actor", "stance", "confidence", *STANCES, "score", "low", "high", "n_sentences"),
        *("sentences", "evidence"),
    ),
}
