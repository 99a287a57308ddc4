"""What an article shows around a sentence or a target: place, speech, speaker, mention."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from stancekit.features.lexical import modals_in
from stancekit.features.rivals import rivals_in
from stancekit.features.tokens import phrase_forms
from stancekit.quotes import Speech

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.encoder.reading import SentenceReading
    from stancekit.records import Actor, Mention, Quotation, Span

Row: TypeAlias = dict[Any, Any]
RawPart: TypeAlias = tuple[str, float, int, int]

Rows: TypeAlias = pd.DataFrame | Sequence[Row]
"""Described rows: a frame, or the same as a list of dicts, which is much faster for a few."""

_PRONOUNS = frozenset("he she him her his hers they them their it its who".split())
_LEAD = 3
_LONG = 40


def as_rows(rows: Rows) -> Sequence[Row]:
    """Return described rows as a list of dicts."""
    return rows.to_dict("records") if isinstance(rows, pd.DataFrame) else rows


def sentence_rows(
    article: Article,
    speech: Sequence[Speech],
    readings: Sequence[SentenceReading] | None = None,
) -> list[Row]:
    """Describe every sentence of an article for the claim features.

    Parameters
    ----------
    article
        With sentences, actors and quotations; labels are not needed.
    speech
        Of each sentence, see `stancekit.quotes.sentence_speech`.
    readings
        Of each sentence, by an encoder; None without one.

    Returns
    -------
    list of dict
        One per sentence: its text, the texts ``before`` and ``after`` it, its place and
        role, the speech in it and next to it, and the ``reading`` of it and its neighbours.
    """
    texts = ["", *(sentence.text for sentence in article.sentences), ""]
    status = ["", "", *(one.status for one in speech), ""]
    return [
        {
            "text": sentence.text,
            "before": texts[at],
            "after": texts[at + 2],
            "position": at,
            "n_sentences": len(speech),
            "role": sentence.role,
            "status_before": status[at + 1],
            "status_before2": status[at],
            "status_after": status[at + 3],
            **_speech_columns(said),
            **_readings_at(at, readings),
        }
        for at, (sentence, said) in enumerate(zip(article.sentences, speech, strict=True))
    ]


def target_rows(
    article: Article,
    speech: Sequence[Speech],
    targets: Sequence[tuple[Mention, Actor]],
    readings: Sequence[SentenceReading] | None = None,
) -> list[Row]:
    """Describe targets in an article for the stance features.

    Parameters
    ----------
    article
        With sentences, actors and quotations.
    speech
        Of each sentence.
    targets
        (mention, actor) to judge.
    readings
        Of each sentence, by an encoder; None without one.

    Returns
    -------
    list of dict
        One per target: the sentence's ``text``, ``start`` and ``end`` of the mention in
        it, its kind, the speech in the sentence, whether the speaker is set against it
        elsewhere (``of_rival``, see `stancekit.features.rivals`), and its ``reading``.
    """
    is_quoted, is_rival = quoted_in(article.quotations), rivals_in(article)
    rows = []
    for mention, actor in targets:
        sentence, said = article.sentences[mention.sentence], speech[mention.sentence]
        rows.append(
            {
                "text": sentence.text,
                "start": mention.start - sentence.start,
                "end": mention.end - sentence.start,
                "kind": actor.kind,
                "is_speaker": said.speaker is not None and said.speaker.id == actor.id,
                "in_quotation": is_quoted(mention),
                "of_rival": bool(said.speaker and is_rival(said.speaker, actor, mention.sentence)),
                **_speech_columns(said),
                **_readings_at(mention.sentence, readings),
            }
        )
    return rows


def speech_parts(row: Row) -> Iterator[RawPart]:
    """Find the features of place and speech (the columns of `sentence_rows`)."""
    yield from ((name, value, -1, -1) for name, value in _place(row))
    yield from ((name, value, -1, -1) for name, value in _speech(row))
    for column in ("status_before", "status_before2", "status_after"):
        if row.get(column):
            yield f"{column}={row[column]}", 1.0, -1, -1
    modals = sorted(modals_in(row["text"]))
    for modal in (*modals, "any modal") if modals else ():
        yield f"speech={row.get('status', '')} {modal}", 1.0, -1, -1


def mention_parts(row: Row) -> Iterator[RawPart]:
    """Find the features of a mention's form and place (the columns of `target_rows`)."""
    mention = row["text"][row["start"] : row["end"]]
    words = mention.split()
    shape = [f"words={min(len(words), 4)}", f"ending={words[-1].lower()[-3:] if words else ''}"]
    if mention.lower() in _PRONOUNS:
        shape.append("pronoun")
    elif mention.isupper() and len(mention) <= 6:
        shape.append("acronym")
    if row.get("kind"):
        shape.append(f"kind={row['kind']}")
    for flag in ("is_speaker", "in_quotation", "of_rival"):
        if row.get(flag):
            shape.append(flag)
    for name in shape:
        yield f"mention:{name}", 1.0, -1, -1
    yield from ((name, value, -1, -1) for name, value in _speech(row))


def _speech_columns(said: Speech) -> Row:
    return {
        "quoted": said.quoted,
        "reported": said.reported,
        "opens": said.opens,
        "continues": said.continues,
        "cue": said.cue,
        "status": said.status,
        "source": said.source,
        "speaker_kind": said.speaker.kind if said.speaker else "",
        "speaker_office": bool(said.speaker and said.speaker.office),
    }


def _readings_at(at: int, readings: Sequence[SentenceReading] | None) -> Row:
    """Name the readings of a sentence and its neighbours; an article's edge has none."""
    if readings is None:
        return {}
    around = {"reading_before": at - 1, "reading": at, "reading_after": at + 1}
    return {key: readings[one] for key, one in around.items() if 0 <= one < len(readings)}


def quoted_in(quotations: Sequence[Quotation]) -> Callable[[Span], bool]:
    """Make a look-up of whether a quotation holds a span; they may overlap each other."""
    spans = sorted((quotation.start, quotation.end) for quotation in quotations)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max, initial=0))
    return lambda span: span.end <= furthest[bisect_right(starts, span.start)]


def _place(row: Row) -> Iterator[tuple[str, float]]:
    """Say where a sentence stands; nothing for a sentence without an article."""
    n_sentences = row.get("n_sentences") or 1
    if n_sentences > 1:
        position = row["position"]
        yield "place", position / n_sentences
        yield f"place={position}" if position <= _LEAD else "place=later", 1.0
    if row.get("role"):
        yield f"role={row['role']}", 1.0
    yield "length", min(len(row["text"].split()) / _LONG, 1.5)


def _speech(row: Row) -> Iterator[tuple[str, float]]:
    status = row.get("status")
    if not status:
        return
    yield f"speech={status}", 1.0
    if status == "none":
        return
    yield f"cue={row['cue']}", 1.0
    yield f"speech={status} cue={row['cue']}", 1.0
    yield f"speech={status} quoted", float(row["quoted"])
    yield f"speech={status} reported", float(row["reported"])
    for flag in ("opens", "continues", "speaker_office"):
        if row[flag]:
            yield flag, 1.0
    if row["speaker_kind"]:
        yield f"speaker={row['speaker_kind']}", 1.0
    for word in phrase_forms(row["source"])[-3:]:
        yield f"source={word}", 1.0
