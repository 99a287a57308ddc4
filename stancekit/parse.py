"""Text to an article with sentences, actors and quotations, before any label."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stancekit.actors import ActorFinder, resolve
from stancekit.article import Article
from stancekit.encoder.cache import CachedReader
from stancekit.encoder.reading import SentenceReading, read_sentences
from stancekit.encoder.session import Encoder
from stancekit.errors import InputError
from stancekit.language import is_english
from stancekit.quotes import Speech, find_quotations, sentence_speech
from stancekit.quotes.marks import Taggers
from stancekit.records import Mention, Role, Sentence
from stancekit.text import split_article

if TYPE_CHECKING:
    from stancekit.quotes.official import OfficialHead

HEADLINE = "H"
"""The ``sentence_id`` of a headline in a table."""


class Parsed(NamedTuple):
    """An article before any label, and its sentences as an encoder reads them."""

    article: Article
    readings: list[SentenceReading] | None


@dataclass(frozen=True)
class Parser:
    """Finds sentences, actors and quotations; an encoder reads each sentence once for all.

    Attributes
    ----------
    finder
        Finds the mentions; with a tagger, from the readings.
    encoder
        Reads the sentences of a document together, perhaps through a cache.
    taggers
        For source, cue and content of quotations; without them rules find these.
    official
        Tells who speaks for an institution; without it rules do.
    """

    finder: ActorFinder
    encoder: Encoder | CachedReader | None = None
    taggers: Taggers | None = None
    official: OfficialHead | None = None

    def article(
        self, text: str, *, date: str | None = None, actors: Sequence[str] | None = None
    ) -> Parsed:
        """Parse a text, see `parse_article`."""
        return self._parsed(text, split_article(text), date, actors)

    def sentences(
        self,
        texts: Sequence[str],
        *,
        has_headline: bool = False,
        actors: Sequence[str] | None = None,
    ) -> Parsed:
        """Parse sentences that are split already, see `parse_sentences`."""
        sentences: list[Sentence] = []
        text = ""
        for index, sentence in enumerate(texts):
            headline = has_headline and index == 0
            start = len(text)
            kept = sentence or " "
            role: Role = "headline" if headline else "body"
            paragraph = int(has_headline and not headline)
            sentences.append(Sentence(start, start + len(kept), index, kept, paragraph, role))
            text += kept + ("\n" if headline else " ")
        return self._parsed(text, tuple(sentences), None, actors)

    def mentions_of(self, parsed: Parsed, names: Iterable[str]) -> dict[str, list[Mention]]:
        """Find who or what names mean in a parsed article, without reading it again."""
        sentences, date = parsed.article.sentences, parsed.article.date
        mentions = self.finder.find(sentences, parsed.readings)
        called = {name: resolve(mentions, sentences, date=date, actors=[name]) for name in names}
        return {
            name: [mention for actor in actors for mention in actor.mentions]
            for name, actors in called.items()
        }

    def _parsed(
        self,
        text: str,
        sentences: tuple[Sentence, ...],
        date: str | None,
        names: Sequence[str] | None,
    ) -> Parsed:
        readings = _read(sentences, self.encoder)
        mentions = self.finder.find(sentences, readings)
        everyone = resolve(mentions, sentences, date=date)
        # Whoever is judged, anybody may speak.
        quotations = find_quotations(
            text, sentences, everyone, readings, self.taggers, self.official
        )
        wanted = everyone
        if names is not None:
            wanted = resolve(mentions, sentences, date=date, actors=names)
        notes = [] if sentences else ["no text: nothing but white space was given"]
        if not is_english(text):
            notes.append("the text seems not to be in English: expect few and wrong labels")
        notes.extend(
            f"no mention of {name!r}"
            for name in names or ()
            if sentences and not resolve(mentions, sentences, date=date, actors=[name])
        )
        article = Article(text, sentences, wanted, quotations, date=date, notes=tuple(notes))
        return Parsed(article, readings)


def parse_article(
    text: str,
    *,
    finder: ActorFinder,
    date: str | None = None,
    actors: Sequence[str] | None = None,
) -> Article:
    """Find the sentences, actors and quotations of a text, without an encoder.

    Parameters
    ----------
    text
        Any string.
    finder
        Finds the mentions.
    date
        ISO date of the article: picks who held an office.
    actors
        Names to restrict the actors to, or to add.
    """
    return Parser(finder).article(text, date=date, actors=actors).article


def parse_sentences(
    texts: Sequence[str],
    *,
    finder: ActorFinder,
    has_headline: bool = False,
    actors: Sequence[str] | None = None,
) -> Article:
    """Build an article from consecutive sentences that are split already.

    Parameters
    ----------
    texts
        The sentences, as the rows of a table give them; none is split or stripped, and
        each keeps its place, even an empty one.
    finder
        Finds the mentions.
    has_headline
        Whether the first one is the headline.
    actors
        Names to restrict the actors to, or to add.
    """
    return Parser(finder).sentences(texts, has_headline=has_headline, actors=actors).article


def speech_of(article: Article) -> list[Speech]:
    """Describe the speech in each sentence of an article."""
    return sentence_speech(article.sentences, article.quotations)


def read_article(
    article: Article, encoder: Encoder | CachedReader | None
) -> list[SentenceReading] | None:
    """Read the sentences of an article with an encoder, together.

    Parameters
    ----------
    article
        With sentences.
    encoder
        Reads them, perhaps through a cache; None reads nothing.

    Returns
    -------
    list of SentenceReading, or None
        One per sentence. Boilerplate is neither read nor context: its readings are empty.
    """
    return _read(article.sentences, encoder)


def checked_text(text: object) -> str:
    """Return the text of an article, or raise `InputError` for anything else."""
    if not isinstance(text, str):
        raise InputError(f"expected the text of an article; found {text!r}")
    return text


def iso_date(date: str | None) -> str | None:
    """Return an ISO date, or raise `InputError` for any other."""
    try:
        return None if date is None else datetime.date.fromisoformat(date).isoformat()
    except (TypeError, ValueError) as error:
        raise InputError(f"expected an ISO date such as '2026-01-12'; found {date!r}") from error


def actor_names(actors: Sequence[str] | None) -> list[str] | None:
    """Return a list of actor names, or raise `InputError` for a single name."""
    if isinstance(actors, str):
        raise InputError(f"expected a list of actor names; found the text {actors!r}")
    return None if actors is None else list(actors)


def _read(
    sentences: Sequence[Sentence], encoder: Encoder | CachedReader | None
) -> list[SentenceReading] | None:
    if encoder is None:
        return None
    texts = [one.text for one in sentences if one.role != "boilerplate"]
    if isinstance(encoder, CachedReader):
        found, width = encoder.read(texts), encoder.encoder.width
    else:
        found, width = read_sentences(encoder, texts), encoder.width
    nothing = SentenceReading(np.zeros((0, 2), np.int32), np.zeros((0, width), np.float32))
    waiting = iter(found)
    return [nothing if one.role == "boilerplate" else next(waiting) for one in sentences]
