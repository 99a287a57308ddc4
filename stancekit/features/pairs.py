"""What an article shows of a holder and a target in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from stancekit.features.context import RawPart, Row, target_rows
from stancekit.features.lexical import NEGATIONS, TARGET
from stancekit.features.tokens import Token, tokenize
from stancekit.quotes import Speech

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.encoder.reading import SentenceReading
    from stancekit.records import Actor, Mention

Named: TypeAlias = "tuple[Mention, Actor]"

HOLDER = "<holder>"
"""Stands for the mention of the one who may take a side."""

_OUTSIDE = 4
_WHOLE = 5
_LENGTHS = ((0, "touching"), (3, "near"), (8, "apart"), (16, "far"))


def pair_rows(
    article: Article,
    speech: Sequence[Speech],
    pairs: Sequence[tuple[Named, Named]],
    readings: Sequence[SentenceReading] | None = None,
) -> list[Row]:
    """Describe pairs of mentions in an article for the relation features.

    Parameters
    ----------
    article
        With sentences, actors and quotations.
    speech
        Of each sentence, see `stancekit.quotes.sentence_speech`.
    pairs
        (holder, target), each a mention and its actor; both mentions in one sentence.
    readings
        Of each sentence, by an encoder; None without one.

    Returns
    -------
    list of dict
        The columns of `stancekit.features.context.target_rows` for the target, with
        ``holder_start`` and ``holder_end`` in the sentence, ``holder_kind``, and
        ``holder_speaks``: whether the holder is the sentence's speaker.
    """
    targets = target_rows(article, speech, [target for _, target in pairs], readings)
    rows = []
    for row, ((mention, actor), _) in zip(targets, pairs, strict=True):
        first = article.sentences[mention.sentence].start
        speaker = speech[mention.sentence].speaker
        of_holder = {
            "holder_start": mention.start - first,
            "holder_end": mention.end - first,
            "holder_kind": actor.kind,
            "holder_speaks": speaker is not None and speaker.id == actor.id,
        }
        rows.append({**row, **of_holder})
    return rows


def pair_parts(row: Row) -> Iterator[RawPart]:
    """Find what a sentence says between and around a holder and a target.

    Both are masked; the words between them and those on either side are named with the
    order in which the two stand.
    """
    tokens, holder, target = _masked(row)
    first, last = sorted((holder, target))
    order = ">" if holder < target else "<"
    between = tokens[first + 1 : last]
    yield f"pair {order}", 1.0, -1, -1
    yield f"pair {order} {_length(len(between))}", 1.0, -1, -1
    for token in _content(between):
        yield f"between {order} {token.form}", 1.0, token.start, token.end
    yield from _grams(tokens[first : last + 1], f"between {order} ")
    for token in _content(tokens[max(0, first - _OUTSIDE) : first]):
        yield f"before {order} {token.form}", 1.0, token.start, token.end
    for token in _content(tokens[last + 1 : last + 1 + _OUTSIDE]):
        yield f"after {order} {token.form}", 1.0, token.start, token.end
    yield from _grams(tokens[last : last + 3], f"after {order} ")
    if len(between) <= _WHOLE:
        whole = " ".join(token.form for token in between)
        yield f"whole {order} {whole}", 1.0, tokens[first].end, tokens[last].start
    if any(token.form in NEGATIONS for token in between):
        yield f"pair {order} negated", 1.0, -1, -1


def role_parts(row: Row) -> Iterator[RawPart]:
    """Find what the two are and how they stand: kinds, speaker, order, quotation."""
    order = ">" if row["holder_start"] < row["start"] else "<"
    kinds = row.get("holder_kind") or "?", row.get("kind") or "?"
    yield f"holder={kinds[0]}", 1.0, -1, -1
    yield f"target={kinds[1]}", 1.0, -1, -1
    yield f"kinds={'-'.join(kinds)}", 1.0, -1, -1
    status = row.get("status") or "none"
    for flag in ("holder_speaks", "is_speaker", "in_quotation"):
        if row.get(flag):
            yield flag, 1.0, -1, -1
            yield f"{flag} {order} {status}", 1.0, -1, -1
    yield f"speech={status} {order}", 1.0, -1, -1
    if row.get("cue"):
        yield f"cue={row['cue']} {order}", 1.0, -1, -1


def _masked(row: Row) -> tuple[list[Token], int, int]:
    """Put one token in the place of each mention's; return where they are."""
    spans = {
        HOLDER: (row["holder_start"], row["holder_end"]),
        TARGET: (row["start"], row["end"]),
    }
    kept = [
        token
        for token in tokenize(row["text"])
        if not any(token.start < end and start < token.end for start, end in spans.values())
    ]
    masks = [Token(name, start, end) for name, (start, end) in spans.items()]
    tokens = sorted((*kept, *masks), key=lambda token: (token.start, token.end))
    return tokens, tokens.index(masks[0]), tokens.index(masks[1])


def _content(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.form[0].isalnum())


def _grams(tokens: Sequence[Token], name: str) -> Iterator[RawPart]:
    """Pairs and triples of words that hold at least one of the two mentions or follow on."""
    for size in (2, 3):
        for at in range(len(tokens) - size + 1):
            words = tokens[at : at + size]
            joined = " ".join(word.form for word in words)
            yield f"{name}{joined}", 1.0, words[0].start, words[-1].end


def _length(n_words: int) -> str:
    return next((name for most, name in _LENGTHS if n_words <= most), "very far")
