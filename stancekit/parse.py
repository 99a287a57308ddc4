"""Text to an article with sentences, actors and quotations, before any label."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from stancekit.actors import ActorFinder, resolve
from stancekit.article import Article
from stancekit.errors import InputError
from stancekit.quotes import Speech, find_quotations, sentence_speech
from stancekit.records import Role, Sentence
from stancekit.text import split_article

HEADLINE = "H"
"""The ``sentence_id`` of a headline in a table."""


def parse_article(
    text: str,
    *,
    finder: ActorFinder,
    date: str | None = None,
    actors: Sequence[str] | None = None,
) -> Article:
    """Find the sentences, actors and quotations of a text.

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
    return _parse(text, split_article(text), finder, date, actors)


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
    has_headline
        Whether the first one is the headline.
    actors
        Names to restrict the actors to, or to add.
    """
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
    return _parse(text, tuple(sentences), finder, None, actors)


def speech_of(article: Article) -> list[Speech]:
    """Describe the speech in each sentence of an article."""
    return sentence_speech(article.sentences, article.quotations)


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


def _parse(
    text: str,
    sentences: tuple[Sentence, ...],
    finder: ActorFinder,
    date: str | None,
    names: Sequence[str] | None,
) -> Article:
    mentions = finder.find(sentences)
    everyone = resolve(mentions, sentences, date=date)
    # Whoever is judged, anybody may speak.
    quotations = find_quotations(text, sentences, everyone)
    wanted = everyone
    if names is not None:
        wanted = resolve(mentions, sentences, date=date, actors=names)
    notes = [] if sentences else ["no text: nothing but white space was given"]
    notes.extend(
        f"no mention of {name!r}"
        for name in names or ()
        if sentences and not resolve(mentions, sentences, date=date, actors=[name])
    )
    return Article(text, sentences, wanted, quotations, date=date, notes=tuple(notes))
