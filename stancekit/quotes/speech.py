"""What each sentence has of speech, as the features ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from stancekit.quotes.cues import cue_forms
from stancekit.quotes.descriptions import name_ends
from stancekit.quotes.roles import role_of
from stancekit.quotes.voices import PRONOUNS
from stancekit.quotes.words import Words, read_words
from stancekit.records import Actor, Quotation, Sentence

SpeechStatus: TypeAlias = Literal["official", "other", "unknown", "none"]


@dataclass(frozen=True, slots=True)
class Speech:
    """How a sentence speaks.

    Attributes
    ----------
    quoted, reported
        Share of the sentence's characters inside the content of a direct quotation, and
        inside that of any quotation; 0 to 1.
    opens, continues
        Whether a direct quotation opens in the sentence, and whether one runs into it
        from the sentence before.
    cue
        The reporting word as a lower-case base form, such as ``"say"``; empty for none.
    speaker, source
        Who speaks in it, and the words that name the speaker.
    status
        ``"official"`` if the speaker speaks for an institution, ``"other"`` if not,
        ``"unknown"`` if the text doesn't show it, ``"none"`` if nobody speaks.
    """

    quoted: float = 0.0
    reported: float = 0.0
    opens: bool = False
    continues: bool = False
    cue: str = ""
    speaker: Actor | None = None
    source: str = ""
    status: SpeechStatus = "none"


_SILENT: Final = Speech()


def sentence_speech(sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> list[Speech]:
    """Describe the speech in each sentence.

    Parameters
    ----------
    sentences
        The sentences of an article, in order.
    quotations
        Its quotations, in text order.

    Returns
    -------
    list of Speech
        One per sentence.

    Examples
    --------
    >>> from stancekit.quotes import find_quotations
    >>> from stancekit.text import split_article
    >>> text = "Rates will rise, the ministry said. Markets fell."
    >>> sentences = split_article(text)
    >>> [s.status for s in sentence_speech(sentences, find_quotations(text, sentences))]
    ['official', 'none']
    """
    statuses = _statuses(quotations)
    speeches = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(quotations) and quotations[last].start < sentence.end:
            last += 1
        inside = [
            (quotation, status)
            for quotation, status in zip(quotations[first:last], statuses[first:last], strict=True)
            if quotation.end > sentence.start
        ]
        speeches.append(_speech(sentence, inside) if inside else _SILENT)
    return speeches


def _speech(sentence: Sentence, inside: Sequence[tuple[Quotation, SpeechStatus]]) -> Speech:
    quotations = [quotation for quotation, _ in inside]
    direct = [q for q in quotations if q.direct]
    outermost = _outermost(quotations)
    top, status = max(
        (pair for pair in inside if pair[0] in outermost), key=lambda p: _overlap(sentence, p[0])
    )
    return Speech(
        quoted=_share(sentence, direct),
        reported=_share(sentence, quotations),
        opens=any(q.start >= sentence.start for q in direct),
        continues=any(q.start < sentence.start for q in direct),
        cue=_lemma(top.cue),
        speaker=top.speaker,
        source=top.source,
        status=status,
    )


def _outermost(quotations: Sequence[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    for quotation in quotations:
        if not found or quotation.end > found[-1].end:
            found.append(quotation)
    return found


def _overlap(sentence: Sentence, quotation: Quotation) -> int:
    return min(sentence.end, quotation.end) - max(sentence.start, quotation.start)


def _share(sentence: Sentence, quotations: Sequence[Quotation]) -> float:
    """Return the share of the sentence inside any of the quotations, which are in order."""
    covered, until = 0, sentence.start
    for quotation in quotations:
        start, end = max(quotation.start, until), min(quotation.end, sentence.end)
        if start < end:
            covered += end - start
            until = end
    return covered / (sentence.end - sentence.start)


def _lemma(cue: str) -> str:
    low = cue.lower()
    form = cue_forms().get(low.split(" ")[0]) if low else None
    return form.lemma if form else low


def _statuses(quotations: Sequence[Quotation]) -> list[SpeechStatus]:
    """Say of each quotation's speaker whether the text shows who it is."""
    known: dict[str, SpeechStatus] = {}
    statuses: list[SpeechStatus] = []
    key = ""
    for quotation in quotations:
        words = read_words(quotation.source, 0, len(quotation.source))
        role = role_of(words)
        if not (len(words) == 1 and words.lows[0] in PRONOUNS):
            key = quotation.speaker.id if quotation.speaker else _name(words, quotation.source)
        if role == "other" and key:
            known[key] = "other"
        statuses.append("official" if quotation.official else known.get(key, "unknown"))
    return statuses


def _name(words: Words, source: str) -> str:
    names = name_ends(words)
    return names[-1] if names else source
