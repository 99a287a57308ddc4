"""The model: reads articles, labels tables, explains itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any

from stancekit.article import Article, Explanation
from stancekit.batch import label_articles
from stancekit.classify.claims import ClaimClassifier
from stancekit.classify.documents import DocumentClassifier
from stancekit.classify.relations import RelationClassifier
from stancekit.classify.stances import StanceClassifier
from stancekit.encoder import Encoder
from stancekit.errors import InputError
from stancekit.explain import explain_article
from stancekit.labelling import Priors, TableLabeller
from stancekit.parse import actor_names, checked_text, iso_date
from stancekit.progress import track
from stancekit.quotes.official import OfficialHead
from stancekit.results import document_records
from stancekit.saved.save import save
from stancekit.tagging import TokenTagger
from stancekit.workers import spread

HEADS = (
    "claims",
    "stances",
    "relations",
    "documents",
    "actor_tagger",
    "source_tagger",
    "cue_tagger",
    "content_tagger",
    "official",
)
"""What of a model is fitted to labels, by the names of its attributes."""

_BATCH = 16


class Model(TableLabeller):
    """The fitted heads with the steps that lead to them.

    Parameters
    ----------
    claims, stances, relations
        Fitted; a model may lack some of them.
    documents
        Judges whole articles by the stances of their sentences; without it they are not judged.
    actor_tagger, source_tagger, cue_tagger, content_tagger
        Find names and the parts of quotations in what the encoder reads; without them rules
        do.
    official
        Tells who speaks for an institution; without it rules do.
    encoder
        What the heads read sentences with; None if they need none.
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
        relations: RelationClassifier | None = None,
        documents: DocumentClassifier | None = None,
        actor_tagger: TokenTagger | None = None,
        source_tagger: TokenTagger | None = None,
        cue_tagger: TokenTagger | None = None,
        content_tagger: TokenTagger | None = None,
        official: OfficialHead | None = None,
        encoder: Encoder | None = None,
        name: str = "custom",
        about: Mapping[str, Any] | None = None,
    ) -> None:
        self.claims = claims
        self.stances = stances
        self.relations = relations
        self.documents = documents
        self.actor_tagger = actor_tagger
        self.source_tagger = source_tagger
        self.cue_tagger = cue_tagger
        self.content_tagger = content_tagger
        self.official = official
        self.encoder = encoder
        self.name = name
        self.about = dict(about or {})
        self._parser = None

    def __repr__(self) -> str:
        labels = ", ".join((*self.claim_labels, *self.stance_labels))
        return f"<Model {self.name!r}: {labels}>"

    def analyze(
        self,
        text: str,
        *,
        date: str | None = None,
        actors: Sequence[str] | None = None,
        priors: Priors | None = None,
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
        priors
            Stance -> how common it is in texts like this one, adding up to 1; None takes the
            shares that the model was calibrated for. They are of sentences: stances of the
            whole article do not go by them.

        Returns
        -------
        Article

        Raises
        ------
        InputError
            If the text is no ``str``, the date no ISO date, or `priors` no shares.
        NotTrainedError
            If there are `priors`, but no stance head.
        """
        self._check_priors(priors)
        names = actor_names(actors)
        (article,) = _analyze_batch(self, [checked_text(text)], iso_date(date), names, priors)
        return article.with_explainer(self)

    def analyze_many(
        self,
        texts: Iterable[str],
        *,
        date: str | None = None,
        actors: Sequence[str] | None = None,
        priors: Priors | None = None,
        n_jobs: int = 1,
        progress: bool = False,
    ) -> Iterator[Article]:
        """Read many articles, one after the other, without holding them all.

        Parameters
        ----------
        texts
            Any iterable, also an endless one.
        date, actors, priors
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
        self._check_priors(priors)
        total = len(texts) if isinstance(texts, Sequence) else None
        source = map(checked_text, texts)
        batches = iter(lambda: list(islice(source, _BATCH)), [])
        work = partial(
            _analyze_batch, date=iso_date(date), actors=actor_names(actors), priors=priors
        )
        labelled = (
            (work(self, batch) for batch in batches)
            if n_jobs == 1
            else spread(work, self, batches, n_jobs=n_jobs)
        )
        # Closed here and now: what goes wrong when an interpreter tidies up is only printed.
        with closing(labelled):
            articles = (article.with_explainer(self) for batch in labelled for article in batch)
            yield from track(articles, "articles", total=total, show=progress)

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
            encoder=self.encoder,
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

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_parser": None}


def _analyze_batch(
    model: Model,
    texts: Sequence[str],
    date: str | None,
    actors: Sequence[str] | None,
    priors: Priors | None,
) -> list[Article]:
    parsed = [model.parser.article(text, date=date, actors=actors) for text in texts]
    label = partial(
        label_articles,
        [article for article, _ in parsed],
        claims=model.claims,
        stances=model.stances,
        relations=model.relations,
        readings=[readings for _, readings in parsed],
    )
    labelled = label(priors=priors)
    if model.documents is None:
        return labelled
    # The head learned from sentences judged without anybody's priors.
    plain = labelled if priors is None else label(claims=None, relations=None)
    return [
        replace(article, document_stances=document_records(one, model.documents))
        for article, one in zip(labelled, plain, strict=True)
    ]
