"""The quotations of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stancekit.quotes.attribute import attribute_by_rule
from stancekit.quotes.attributions import Attribution
from stancekit.quotes.evidence import cue_evidence
from stancekit.quotes.marks import Taggers, tag_roles, texts_to_tag
from stancekit.quotes.naming import Sources, Voice
from stancekit.quotes.spans import Quote, direct_quotes
from stancekit.quotes.splitting import SplitSentence, split_sentences
from stancekit.quotes.tagged import attribute_by_tags
from stancekit.quotes.voices import Voices
from stancekit.records import Actor, Quotation, Sentence
from stancekit.tagging import ReadText, TokenVectors

if TYPE_CHECKING:
    from stancekit.quotes.official import OfficialHead


def find_quotations(
    text: str,
    sentences: Sequence[Sentence],
    actors: Sequence[Actor] = (),
    readings: Sequence[TokenVectors] | None = None,
    taggers: Taggers | None = None,
    official: OfficialHead | None = None,
) -> tuple[Quotation, ...]:
    """Find what is said in an article, and who says it.

    A direct quotation inside a reported sentence stands as a quotation of its own,
    after the one that holds it. A direct quotation that runs over paragraphs is one
    quotation a paragraph. Sentences marked as boilerplate have none.

    Parameters
    ----------
    text
        The article.
    sentences
        Its sentences, in order.
    actors
        Who is in it; speakers resolve to these.
    readings
        Of each sentence, from the encoder that the taggers were fitted with.
    taggers
        For source, cue and content. Without them, or without readings, rules alone find
        what is said.
    official
        Tells how likely a speaker is official; without it, rules judge.

    Returns
    -------
    tuple of Quotation
        In text order. Unknown speakers stay None; `source` keeps the words.

    Examples
    --------
    >>> from stancekit.text import split_article
    >>> text = "“We will wait,” officials said. Critics say that it is late."
    >>> for q in find_quotations(text, split_article(text)):
    ...     print(text[q.start : q.end], q.source, q.cue, q.direct, q.official, sep=" | ")
    We will wait, | officials | said | True | True
    that it is late | Critics | say | False | False
    """
    found = attributions(text, sentences, actors, readings, taggers)
    chances = _chances(text, found, official)
    return tuple(_quotation(text, *pair) for pair in zip(found, chances, strict=True))


def attributions(
    text: str,
    sentences: Sequence[Sentence],
    actors: Sequence[Actor] = (),
    readings: Sequence[TokenVectors] | None = None,
    taggers: Taggers | None = None,
) -> list[Attribution]:
    """Find what is said with the places of source and cue; see `find_quotations`."""
    body, quotes, split = _split(text, sentences)
    words = [one.words for one in split]
    voices = Voices(text, words, actors)
    if taggers is None or readings is None:
        return attribute_by_rule(text, split, quotes, voices)
    ruled = attribute_by_rule(text, split, quotes, Sources(text, words))
    texts = texts_to_tag(text, sentences, readings, quotes, ruled, split)
    tags = tag_roles(sentences, texts, taggers)
    return attribute_by_tags(text, body, quotes, tags, ruled, voices)


def read_for_tagging(
    text: str, sentences: Sequence[Sentence], readings: Sequence[TokenVectors]
) -> list[ReadText]:
    """Make what the taggers see of each sentence of an article, to fit them."""
    _, quotes, split = _split(text, sentences)
    ruled = attribute_by_rule(text, split, quotes, Sources(text, (one.words for one in split)))
    return texts_to_tag(text, sentences, readings, quotes, ruled, split)


def _split(
    text: str, sentences: Sequence[Sentence]
) -> tuple[list[Sentence], list[Quote], list[SplitSentence]]:
    """Return the sentences without boilerplate, what they quote, and their words."""
    body = [one for one in sentences if one.role != "boilerplate"]
    quotes = direct_quotes(text, paragraph_spans(body))
    return body, quotes, split_sentences(text, body, quotes)


def paragraph_spans(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs that sentences make up, in order."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        start, _ = spans.get(sentence.paragraph, (sentence.start, 0))
        spans[sentence.paragraph] = (start, sentence.end)
    return list(spans.values())


def speaker_evidence(text: str, one: Attribution) -> list[str]:
    """Say what an `OfficialHead` weighs of an attribution; nothing without a speaker."""
    shown = one.owner.voice.evidence
    said = [cue_evidence(text[slice(*one.owner.cue)]), f"direct={one.direct}"]
    return [*shown, *said] if shown else []


def _chances(
    text: str, found: Sequence[Attribution], official: OfficialHead | None
) -> list[float | None]:
    """Return how likely each speaker is official; None where nobody is named."""
    chances: list[float | None] = [None] * len(found)
    if official is None:
        return chances
    evidence = [speaker_evidence(text, one) for one in found]
    shown = [at for at, one in enumerate(evidence) if one]
    if not shown:
        return chances
    speakers = [_who(found[at].owner.voice) for at in shown]
    likely = official.chances([evidence[at] for at in shown], speakers)
    for at, chance in zip(shown, likely.tolist(), strict=True):
        chances[at] = chance
    return chances


def _who(voice: Voice) -> tuple[str, str]:
    """Tell speakers apart: actors by their id, others by the words that name them."""
    return (voice.actor.id, "") if voice.actor else ("", voice.named or voice.source)


def _quotation(text: str, one: Attribution, chance: float | None) -> Quotation:
    voice = one.owner.voice
    return Quotation(
        one.start,
        one.end,
        direct=one.direct,
        speaker=voice.actor,
        source=voice.named or voice.source,
        cue=text[slice(*one.owner.cue)],
        official=voice.status == "official" if chance is None else chance > 0.5,
        official_probability=chance,
        status=voice.status,
    )
