"""The model: reads articles, labels tables, explains itself."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from stancekit.actors import ActorFinder
from stancekit.article import Article, Explanation
from stancekit.batch import label_articles
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.errors import InputError, NotTrainedError
from stancekit.explain import explain_article
from stancekit.features.frames import describe_sentences, describe_targets, spans_of_actors
from stancekit.labels import join_types
from stancekit.parse import actor_names, checked_text, iso_date, parse_article
from stancekit.progress import track
from stancekit.results import mean_by_row, with_labels
from stancekit.saved.save import save
from stancekit.tables import NAMED_TARGETS, SENTENCES, TARGETS, read_table

_BATCH = 16


class Model:
    """A claim head and a stance head with the steps that lead to them.

    Parameters
    ----------
    claims, stances
        Fitted; a model may lack one of them.
    name
        What the model is called.
    about
        What it was trained on and how it scored, for its manifest and card.

    Examples
    --------
    >>> import stancekit
    >>> model = stancekit.load("news-lexical")
    >>> article = model.analyze("Officials warned that prices may rise.")
    >>> article.sentences[0].claim_types
    ('prediction', 'official_statement')
    """

    def __init__(
        self,
        *,
        claims: ClaimClassifier | None = None,
        stances: StanceClassifier | None = None,
        name: str = "custom",
        about: Mapping[str, Any] | None = None,
    ) -> None:
        self.claims = claims
        self.stances = stances
        self.name = name
        self.about = dict(about or {})
        self._finder: ActorFinder | None = None

    def __repr__(self) -> str:
        labels = ", ".join((*self.claim_labels, *self.stance_labels))
        return f"<Model {self.name!r}: {labels}>"

    @property
    def finder(self) -> ActorFinder:
        """What finds the actors; made at first use."""
        if self._finder is None:
            self._finder = ActorFinder()
        return self._finder

    @property
    def claim_labels(self) -> tuple[str, ...]:
        """The claim types that the model tells; empty without a claim head."""
        return tuple(self.claims.classes_.tolist()) if self.claims else ()

    @property
    def stance_labels(self) -> tuple[str, ...]:
        """The stances that the model tells; empty without a stance head."""
        return tuple(self.stances.classes_.tolist()) if self.stances else ()

    def analyze(
        self, text: str, *, date: str | None = None, actors: Sequence[str] | None = None
    ) -> Article:
        """Read one article.

        Parameters
        ----------
        text
            The article, headline first. No text is an error: what can't be read gives an
            article with few or no records that says so in its ``notes``.
        date
            ISO date, such as ``"2026-01-12"``: decides who held an office.
        actors
            Names: only these actors are judged, whether the roster knows them or not.

        Returns
        -------
        Article

        Raises
        ------
        InputError
            If the text is no ``str``, or the date no ISO date.
        """
        return self._analyze_batch([checked_text(text)], iso_date(date), actor_names(actors))[0]

    def analyze_many(
        self,
        texts: Iterable[str],
        *,
        date: str | None = None,
        actors: Sequence[str] | None = None,
        n_jobs: int = 1,
        progress: bool = False,
    ) -> Iterator[Article]:
        """Read many articles, one after the other, without holding them all.

        Parameters
        ----------
        texts
            Any iterable, also an endless one.
        date, actors
            As in `analyze`.
        n_jobs
            Processes; -1 takes every core.
        progress
            Show a progress bar.

        Yields
        ------
        Article
            In input order.

        Raises
        ------
        InputError
            At the first article that can't be read, as in `analyze`.
        """
        if isinstance(texts, str):
            raise InputError("expected texts, one for each article; found one: use analyze(text)")
        total = len(texts) if isinstance(texts, Sequence) else None
        source = map(checked_text, texts)
        batches = iter(lambda: list(islice(source, _BATCH)), [])
        articles = (
            article
            for batch in self._labelled_batches(
                batches, iso_date(date), actor_names(actors), n_jobs
            )
            for article in batch
        )
        yield from track(articles, "articles", total=total, show=progress)

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
            raise NotTrainedError(f"model {self.name!r} has no claim head: train it with claims=")
        checked = read_table(frame, SENTENCES)
        described = describe_sentences(checked, self.finder)
        probabilities = self.claims.predict_proba(described) if len(checked) else np.zeros((0, 0))
        types = [
            join_types(self.claims.types(row)) if text.strip() else ""
            for text, row in zip(checked["text"], probabilities, strict=True)
        ]
        return with_labels(frame, self.claim_labels, probabilities, "claim_types", types)

    def label_stances(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Label the targets of a table.

        Parameters
        ----------
        frame
            Columns ``text``, ``start``, ``end`` (character offsets of the target, end
            exclusive), or ``text``, ``actor`` (a name; all its mentions are judged).

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
            If columns are missing, a span covers no word or an actor isn't in its text.
        """
        if self.stances is None:
            raise NotTrainedError(f"model {self.name!r} has no stance head: train it with stances=")
        if "start" in frame.columns or "actor" not in frame.columns:
            checked = read_table(frame, TARGETS)
            rows = list(range(len(checked)))
        else:
            checked, rows = spans_of_actors(read_table(frame, NAMED_TARGETS), self.finder)
        described = describe_targets(checked, self.finder)
        probabilities = self.stances.predict_proba(described) if rows else np.zeros((0, 0))
        means = mean_by_row(probabilities, rows, len(frame))
        labels = [self.stance_labels[row.argmax()] for row in means]
        return with_labels(frame, self.stance_labels, means, "stance", labels)

    def explain_article(
        self,
        article: Article,
        *,
        sentence: int,
        claim: str | None = None,
        actor: str | None = None,
    ) -> Explanation:
        """Explain one label of an article, see `Article.explain`."""
        return explain_article(
            article,
            sentence=sentence,
            claim=claim,
            actor=actor,
            claims=self.claims,
            stances=self.stances,
        )

    def save(self, path: str | PathLike[str], *, overwrite: bool = False) -> Path:
        """Save the model as a folder, see `stancekit.load`.

        Parameters
        ----------
        path
            Of the new folder. It appears only when everything is written.
        overwrite
            Replace a saved model that is there; anything else is never replaced.

        Returns
        -------
        Path
            The folder, absolute.

        Raises
        ------
        InputError
            If there is something at the path already.
        """
        return save(self, path, overwrite=overwrite)

    def _labelled_batches(
        self,
        batches: Iterable[list[str]],
        date: str | None,
        actors: Sequence[str] | None,
        n_jobs: int,
    ) -> Iterator[list[Article]]:
        if n_jobs == 1:
            yield from (self._analyze_batch(batch, date, actors) for batch in batches)
            return
        work = (delayed(_analyze_batch)(self, batch, date, actors) for batch in batches)
        labelled = Parallel(n_jobs, return_as="generator")(work)
        try:
            for articles in labelled:
                yield [article.with_explainer(self) for article in articles]
        finally:
            _close_quietly(labelled)

    def _analyze_batch(
        self, texts: Sequence[str], date: str | None, actors: Sequence[str] | None
    ) -> list[Article]:
        articles = [
            parse_article(text, finder=self.finder, date=date, actors=actors) for text in texts
        ]
        labelled = label_articles(articles, claims=self.claims, stances=self.stances)
        return [article.with_explainer(self) for article in labelled]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_finder": None}


def _close_quietly(labelled: Generator[list[Article]]) -> None:
    """Stop the work that was begun ahead; joblib warns of it, but to stop early is no fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        labelled.close()


def _analyze_batch(
    model: Model, texts: list[str], date: str | None, actors: Sequence[str] | None
) -> list[Article]:
    return model._analyze_batch(texts, date, actors)
