"""The model: reads articles, labels tables, explains itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed

from stancekit.actors import ActorFinder
from stancekit.article import Article, Explanation
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.errors import BadRow, InputError, NotTrainedError, TableError
from stancekit.features.context import sentence_rows, target_rows
from stancekit.features.frames import describe_sentences, describe_targets
from stancekit.labels import join_types
from stancekit.parse import parse_article, parse_sentences
from stancekit.progress import track
from stancekit.results import labelled_sentences, relations_of, stance_records
from stancekit.tables import NAMED_TARGETS, SENTENCES, TARGETS, read_table

_BATCH = 32


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
            If the date is no ISO date.
        """
        article = parse_article(
            text, finder=self.finder, date=_iso_date(date), actors=_names(actors)
        )
        return self._label(article)

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
        """
        total = len(texts) if isinstance(texts, Sequence) else None
        if n_jobs == 1:
            articles: Iterator[Article] = (
                self.analyze(text, date=date, actors=actors) for text in texts
            )
        else:
            articles = self._in_processes(texts, date, actors, n_jobs)
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
            join_types(self._types_of(row)) if text.strip() else ""
            for text, row in zip(checked["text"], probabilities, strict=True)
        ]
        return _with_columns(frame, self.claim_labels, probabilities, "claim_types", types)

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
            checked, rows = self._spans_of_actors(read_table(frame, NAMED_TARGETS))
        described = describe_targets(checked, self.finder)
        probabilities = self.stances.predict_proba(described) if rows else np.zeros((0, 0))
        means = _mean_by(probabilities, rows, len(frame))
        labels = [self.stance_labels[row.argmax()] for row in means]
        return _with_columns(frame, self.stance_labels, means, "stance", labels)

    def explain_article(
        self,
        article: Article,
        *,
        sentence: int,
        claim: str | None = None,
        actor: str | None = None,
    ) -> Explanation:
        """Explain one label of an article, see `Article.explain`."""
        if not 0 <= sentence < len(article.sentences):
            raise InputError(
                f"expected a sentence from 0 to {len(article.sentences) - 1}; found {sentence}"
            )
        if claim is not None:
            if self.claims is None:
                raise NotTrainedError(f"model {self.name!r} has no claim head")
            return self.claims.explain(sentence_rows(article)[sentence], claim)
        if self.stances is None:
            raise NotTrainedError(f"model {self.name!r} has no stance head")
        for stance in article.stances_of(sentence):
            if actor in (stance.actor.name, stance.actor.id):
                mention = next(m for m in stance.actor.mentions if m.start == stance.start)
                row = target_rows(article, [(mention, stance.actor)])[0]
                return self.stances.explain(row, stance.label)
        known = ", ".join(stance.actor.name for stance in article.stances_of(sentence)) or "none"
        raise InputError(f"expected an actor of sentence {sentence} ({known}); found {actor!r}")

    def _label(self, article: Article) -> Article:
        claims = self._claim_probabilities(article)
        sentences = labelled_sentences(article, self.claim_labels, claims, self._types_of)
        targets = [
            (mention, actor)
            for actor in article.actors
            if actor.kind != "place"
            for mention in actor.mentions
        ]
        probabilities = np.zeros((0, len(self.stance_labels)))
        if targets and self.stances is not None:
            probabilities = self.stances.predict_proba(pd.DataFrame(target_rows(article, targets)))
        stances = (
            stance_records(article, targets, probabilities, self.stance_labels)
            if self.stances is not None
            else ()
        )
        return Article(
            article.text,
            sentences,
            article.actors,
            article.quotations,
            stances,
            relations_of(stances),
            date=article.date,
            notes=article.notes,
            explainer=self,
        )

    def _claim_probabilities(self, article: Article) -> npt.NDArray[np.float64]:
        if self.claims is None or not article.sentences:
            return np.zeros((len(article.sentences), 0))
        return self.claims.predict_proba(pd.DataFrame(sentence_rows(article)))

    def _types_of(self, probabilities: npt.NDArray[np.float64]) -> tuple[str, ...]:
        if self.claims is None:
            return ()
        above = probabilities >= self.claims.thresholds_
        return tuple(
            name for name, is_above in zip(self.claim_labels, above, strict=True) if is_above
        )

    def _spans_of_actors(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[int]]:
        """Find the mentions of each row's actor; return a row per mention and its origin."""
        found: list[tuple[str, int, int]] = []
        rows: list[int] = []
        bad: list[BadRow] = []
        for row, (text, name) in enumerate(zip(frame["text"], frame["actor"], strict=True)):
            article = parse_sentences([text], finder=self.finder, actors=[name])
            spans = [(text, m.start, m.end) for actor in article.actors for m in actor.mentions]
            if not spans:
                bad.append(BadRow(row, "actor", "an actor that the text names", repr(name)))
            found.extend(spans)
            rows.extend([row] * len(spans))
        if bad:
            raise TableError(
                "targets frame", bad, n_rows=len(frame), consequence="Nothing was labelled."
            )
        return pd.DataFrame(found, columns=["text", "start", "end"]), rows

    def _in_processes(
        self, texts: Iterable[str], date: str | None, actors: Sequence[str] | None, n_jobs: int
    ) -> Iterator[Article]:
        source = iter(texts)
        batches = iter(lambda: list(islice(source, _BATCH)), [])
        work = (delayed(_analyze_batch)(self, batch, date, actors) for batch in batches)
        for articles in Parallel(n_jobs, return_as="generator")(work):
            yield from (article.with_explainer(self) for article in articles)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_finder": None}


def _analyze_batch(
    model: Model, texts: list[str], date: str | None, actors: Sequence[str] | None
) -> list[Article]:
    return [model.analyze(text, date=date, actors=actors) for text in texts]


def _iso_date(date: str | None) -> str | None:
    try:
        return None if date is None else datetime.date.fromisoformat(date).isoformat()
    except (TypeError, ValueError) as error:
        raise InputError(f"expected an ISO date such as '2026-01-12'; found {date!r}") from error


def _names(actors: Sequence[str] | None) -> list[str] | None:
    if isinstance(actors, str):
        raise InputError(f"expected a list of actor names; found the text {actors!r}")
    return None if actors is None else list(actors)


def _mean_by(
    values: npt.NDArray[np.float64], rows: Sequence[int], n_rows: int
) -> npt.NDArray[np.float64]:
    totals = np.zeros((n_rows, values.shape[1]))
    np.add.at(totals, list(rows), values)
    return totals / np.bincount(rows, minlength=n_rows)[:, None] if n_rows else totals


def _with_columns(
    frame: pd.DataFrame,
    names: Sequence[str],
    values: npt.NDArray[np.float64],
    label: str,
    labels: list[str],
) -> pd.DataFrame:
    labelled = frame.copy()
    for at, name in enumerate(names):
        labelled[name] = values[:, at] if len(frame) else pd.Series(dtype=float)
    labelled[label] = pd.Series(labels, index=frame.index, dtype=str)
    return labelled
