"""Tables of sentences, targets or pairs to labelled ones, some thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.classify.calibrate import checked_priors
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.relations import RelationClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.encoder.session import Encoder
from stancekit.errors import NotTrainedError
from stancekit.features.articles import documents
from stancekit.features.context import as_rows
from stancekit.features.frames import (
    describe_named,
    describe_pairs,
    describe_sentences,
    describe_targets,
)
from stancekit.labels import join_types
from stancekit.parse import Parser
from stancekit.quotes.marks import ROLES
from stancekit.quotes.official import OfficialHead
from stancekit.results import Floats, mean_by_row, with_labels
from stancekit.tables import NAMED_TARGETS, PAIRS, SENTENCES, TARGETS, read_in_context, read_table
from stancekit.tagging import TokenTagger

_ROWS_AT_ONCE = 2000

Priors: TypeAlias = Mapping[str, float]


class TableLabeller:
    """A model's heads, and what they say of the rows of tables.

    Attributes
    ----------
    claims, stances, relations
        Fitted heads; None for one that isn't there.
    actor_tagger, source_tagger, cue_tagger, content_tagger
        Find names and the parts of quotations in what the encoder reads; None leaves that
        to rules.
    official
        Tells who speaks for an institution; None leaves that to rules.
    encoder
        What the heads read sentences with; None if they need none.
    name
        What the model is called.
    takes_context
        That targets and pairs can be labelled in their article.
    """

    takes_context: Final = True

    claims: ClaimClassifier | None
    stances: StanceClassifier | None
    relations: RelationClassifier | None
    actor_tagger: TokenTagger | None
    source_tagger: TokenTagger | None
    cue_tagger: TokenTagger | None
    content_tagger: TokenTagger | None
    official: OfficialHead | None
    encoder: Encoder | None
    name: str
    _parser: Parser | None

    @property
    def finder(self) -> ActorFinder:
        """What finds the actors; made at first use."""
        return self.parser.finder

    @property
    def parser(self) -> Parser:
        """What finds sentences, actors and quotations, and reads; made at first use."""
        if self._parser is None:
            found = {role: getattr(self, f"{role}_tagger") for role in ROLES}
            self._parser = Parser(
                ActorFinder(tagger=self.actor_tagger),
                self.encoder,
                None if None in found.values() else found,
                self.official,
            )
        return self._parser

    @property
    def claim_labels(self) -> tuple[str, ...]:
        """The claim types that the model tells; empty without a claim head."""
        return tuple(self.claims.classes_.tolist()) if self.claims else ()

    @property
    def stance_labels(self) -> tuple[str, ...]:
        """The stances that the model tells; empty without a stance head."""
        return tuple(self.stances.classes_.tolist()) if self.stances else ()

    @property
    def relation_labels(self) -> tuple[str, ...]:
        """The stances of holders that the model tells; empty without a relation head."""
        return tuple(self.relations.classes_.tolist()) if self.relations else ()

    def label_claims(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Label the sentences of a table.

        Parameters
        ----------
        frame
            Column ``text``. Rows of one ``doc_id``, where there is one, are consecutive
            sentences and give each other context.

        Returns
        -------
        DataFrame
            Same rows, order and index, with a probability column per type and
            ``claim_types`` (joined by ``|``).

        Raises
        ------
        NotTrainedError
            If the model has no claim head.
        TableError
            If the table lacks ``text``.
        """
        if self.claims is None:
            raise _untrained(self.name, "claim")
        return _label_claims(frame, self.claims, self.parser)

    def label_stances(
        self,
        frame: pd.DataFrame,
        *,
        context: pd.DataFrame | None = None,
        priors: Priors | None = None,
    ) -> pd.DataFrame:
        """Label the targets of a table.

        Parameters
        ----------
        frame
            Columns ``text``, ``start``, ``end`` (character offsets of the target, end
            exclusive), or ``text``, ``actor`` (a name; all its mentions are judged). With
            a `context` also ``doc_id`` and ``sentence_id``.
        context
            Whole articles: ``doc_id``, ``sentence_id`` and ``text`` of every sentence, in
            order. Rows that stand in one are judged as `analyze` judges them, among their
            sentences; all others, and without a context all rows, each by its text alone.
        priors
            As in `analyze`.

        Returns
        -------
        DataFrame
            Same rows, order and index, with a probability column per stance (adding up
            to 1) and ``stance``.

        Raises
        ------
        NotTrainedError
            If the model has no stance head.
        TableError
            If columns are missing, a span covers no word, or none that the encoder reads, or
            an actor isn't in its text.
        InputError
            If `priors` are no shares of the stances.
        """
        if self.stances is None:
            raise _untrained(self.name, "stance")
        self._check_priors(priors)
        return _label_stances(frame, self.stances, self.parser, context, priors)

    def label_relations(
        self,
        frame: pd.DataFrame,
        *,
        context: pd.DataFrame | None = None,
        priors: Priors | None = None,
    ) -> pd.DataFrame:
        """Label the pairs of a table: how each holder stands toward its target.

        Parameters
        ----------
        frame
            Columns ``text``, ``holder_start``, ``holder_end``, ``target_start``,
            ``target_end``: character offsets, end exclusive.
        context
            As in `label_stances`.
        priors
            Stance -> how common it is among such pairs, adding up to 1; None takes the
            shares that the head was calibrated for.

        Returns
        -------
        DataFrame
            Same rows, order and index, with a probability column per stance (adding up
            to 1) and ``stance``.

        Raises
        ------
        NotTrainedError
            If the model has no relation head.
        TableError
            If columns are missing, the two spans overlap, or one of them covers no word, or
            none that the encoder reads.
        InputError
            If `priors` are no shares of the stances.
        """
        if self.relations is None:
            raise _untrained(self.name, "relation")
        if priors is not None:
            checked_priors(priors, self.relation_labels)
        return _label_relations(frame, self.relations, self.parser, context, priors)

    def _check_priors(self, priors: Priors | None) -> None:
        if priors is None:
            return
        if self.stances is None:
            raise NotTrainedError(f"model {self.name!r} has no stance head: it takes no priors")
        checked_priors(priors, self.stance_labels)


def _untrained(name: str, head: str) -> NotTrainedError:
    return NotTrainedError(
        f"model {name!r} has no {head} head: train one on a table of {head}s, or take a model "
        "that has one"
    )


def _label_claims(frame: pd.DataFrame, head: ClaimClassifier, parser: Parser) -> pd.DataFrame:
    """Label the sentences of a table."""
    checked = read_table(frame, SENTENCES)
    probabilities = np.zeros((len(checked), len(head.classes_)))
    for places in _parts(checked):
        described = describe_sentences(checked.iloc[places], parser)
        probabilities[places] = head.predict_proba(as_rows(described))
    types = [
        join_types(head.types(row)) if text.strip() else ""
        for text, row in zip(checked["text"], probabilities, strict=True)
    ]
    return with_labels(frame, head.classes_.tolist(), probabilities, "claim_types", types)


def _label_stances(
    frame: pd.DataFrame,
    head: StanceClassifier,
    parser: Parser,
    context: pd.DataFrame | None,
    priors: Priors | None,
) -> pd.DataFrame:
    """Label the targets of a table."""
    if "start" in frame.columns or "actor" not in frame.columns:
        checked, articles = read_in_context(frame, TARGETS, context)
        described = describe_targets(checked, parser, context=articles)
        rows = list(range(len(frame)))
    else:
        checked, articles = read_in_context(frame, NAMED_TARGETS, context)
        described, rows = describe_named(checked, parser, context=articles)
    means = mean_by_row(_probabilities(head, described, priors), rows, len(frame))
    names = head.classes_.tolist()
    return with_labels(frame, names, means, "stance", [names[row.argmax()] for row in means])


def _label_relations(
    frame: pd.DataFrame,
    head: RelationClassifier,
    parser: Parser,
    context: pd.DataFrame | None,
    priors: Priors | None,
) -> pd.DataFrame:
    """Label the pairs of a table."""
    checked, articles = read_in_context(frame, PAIRS, context)
    described = describe_pairs(checked, parser, context=articles)
    probabilities = _probabilities(head, described, priors)
    names = head.classes_.tolist()
    stances = [names[row.argmax()] for row in probabilities]
    return with_labels(frame, names, probabilities, "stance", stances)


def _probabilities(
    head: StanceClassifier, described: pd.DataFrame, priors: Priors | None
) -> Floats:
    found = np.zeros((len(described), len(head.classes_)))
    for first in range(0, len(described), _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        found[part] = head.predict_proba(as_rows(described.iloc[part]), priors)
    return found


def _parts(frame: pd.DataFrame) -> Iterator[list[int]]:
    """Gather whole documents until there are rows enough; yield their positions."""
    part: list[int] = []
    for document in documents(frame):
        part += document
        if len(part) >= _ROWS_AT_ONCE:
            yield part
            part = []
    if part:
        yield part
