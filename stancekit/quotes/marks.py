"""Sentences for the taggers of sources, cues and contents, and what these find."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from stancekit.quotes.attributions import NOWHERE, Attribution, Stretch
from stancekit.quotes.cues import cue_forms
from stancekit.quotes.linking import Tags, overlapping
from stancekit.quotes.spans import Quote
from stancekit.quotes.splitting import SplitSentence
from stancekit.quotes.words import QUOTE, Words, read_words
from stancekit.records import Sentence
from stancekit.tagging import Mark, ReadText, TokenVectors

if TYPE_CHECKING:
    from stancekit.tagging import TokenTagger

ROLES: Final = ("source", "cue", "content")
"""What is tagged: who says it, the words that report it, and what is said."""

MARKS: Final = ("quote", "verb", *ROLES)
"""What taggers are told: quotations, verbs that can report, and what rules found."""

LIKELY: Final = 2.0
"""Log odds by which sources begin more readily, for what would have none."""

Taggers: TypeAlias = Mapping[str, "TokenTagger"]

_EDGE = 3


def texts_to_tag(
    text: str,
    sentences: Sequence[Sentence],
    readings: Sequence[TokenVectors],
    quotes: Sequence[Quote],
    ruled: Sequence[Attribution],
    split: Sequence[SplitSentence],
) -> list[ReadText]:
    """Make what the taggers see of each sentence.

    Parameters
    ----------
    text
        The article.
    sentences
        All its sentences, in order.
    readings
        Of each sentence.
    quotes
        The stretches in quotation marks.
    ruled
        What rules found.
    split
        The sentences as words, without boilerplate.
    """
    words = {one.sentence.start: one.words for one in split}
    spans = {
        "quote": [(quote.outer_start, quote.outer_end) for quote in quotes],
        "source": joined(one.source for one in ruled),
        "cue": joined(one.owner.cue for one in ruled),
        "content": joined((one.start, one.end) for one in ruled),
    }
    return [
        ReadText(
            one.text, reading, [*_within(one, spans), *_verbs(text, one, words.get(one.start))]
        )
        for one, reading in zip(sentences, readings, strict=True)
    ]


def tag_roles(sentences: Sequence[Sentence], texts: Sequence[ReadText], taggers: Taggers) -> Tags:
    """Tag sources, cues and contents.

    Parameters
    ----------
    sentences
        All sentences of the article; boilerplate gets no tags.
    texts
        From `texts_to_tag`.
    taggers
        One for each of `ROLES`.
    """
    from stancekit.tagging import predict_together

    kept = [pair for pair in zip(sentences, texts, strict=True) if pair[0].role != "boilerplate"]
    body = [sentence for sentence, _ in kept]
    tagged = predict_together(
        [taggers[role] for role in ROLES],
        [text for _, text in kept],
        again=[(ROLES.index("source"), LIKELY)],
    )
    sources, cues, contents, likely = ([*_in_text(body, spans)] for spans in tagged)
    return Tags(sources, cues, [*_over_sentences(body, contents, cues)], likely)


def joined(spans: Iterable[Stretch]) -> list[Stretch]:
    """Join spans that overlap, and leave out `NOWHERE`.

    Examples
    --------
    >>> joined([(4, 9), (0, 0), (1, 5), (12, 14)])
    [(1, 9), (12, 14)]
    """
    found: list[Stretch] = []
    for start, end in sorted(span for span in spans if span != NOWHERE):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _within(sentence: Sentence, spans: Mapping[str, Sequence[Stretch]]) -> Iterator[Mark]:
    """Yield the spans that touch a sentence, in its characters."""
    for name, known in spans.items():
        for start, end in overlapping(known, sentence.start, sentence.end):
            left, right = max(start, sentence.start), min(end, sentence.end)
            yield left - sentence.start, right - sentence.start, name


def _verbs(text: str, sentence: Sentence, words: Words | None) -> Iterator[Mark]:
    """Yield the verbs that can report, those inside of quotations too."""
    words = words or Words()
    forms = cue_forms()
    for low, start, end in zip(words.lows, words.starts, words.ends, strict=True):
        if low in forms:
            yield start - sentence.start, end - sentence.start, "verb"
        elif low == QUOTE:
            yield from _verbs(text, sentence, read_words(text, start, end))


def _in_text(
    body: Sequence[Sentence], tagged: Sequence[Sequence[tuple[int, int, str]]]
) -> Iterator[Stretch]:
    for sentence, spans in zip(body, tagged, strict=True):
        for start, end, _ in spans:
            yield sentence.start + start, sentence.start + end


def _over_sentences(
    body: Sequence[Sentence], contents: Sequence[Stretch], cues: Sequence[Stretch]
) -> Iterator[Stretch]:
    """Join a content that ends with its sentence and one that is the whole sentence after it."""
    starts = [sentence.start for sentence in body]
    last: Stretch | None = None
    for span in contents:
        at = bisect_right(starts, span[1] - 1) - 1
        here, before = body[at], body[max(at - 1, 0)]
        is_whole = span[0] <= here.start + _EDGE and span[1] >= here.end - _EDGE
        reaches = last is not None and before.end - _EDGE <= last[1] <= before.end
        joins = is_whole and reaches and before.paragraph == here.paragraph
        if last and joins and not overlapping(cues, here.start, here.end):
            last = last[0], span[1]
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
