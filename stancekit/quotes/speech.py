"""What each sentence has of speech, as the features ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from stancekit.quotes.cues import cue_forms
from stancekit.records import Actor, Quotation, Sentence, SpeakerStatus

SpeechStatus: TypeAlias = SpeakerStatus | Literal["none"]


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
    official
        Whether the speaker speaks for an institution.
    status
        What rules show of that: ``"official"``, ``"other"``, ``"unknown"``, or ``"none"`` if
        nobody speaks.
    """

    quoted: float = 0.0
    reported: float = 0.0
    opens: bool = False
    continues: bool = False
    cue: str = ""
    speaker: Actor | None = None
    source: str = ""
    official: bool = False
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
    speeches = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(quotations) and quotations[last].start < sentence.end:
            last += 1
        inside = [one for one in quotations[first:last] if one.end > sentence.start]
        speeches.append(_speech(sentence, inside) if inside else _SILENT)
    return speeches


def _speech(sentence: Sentence, quotations: Sequence[Quotation]) -> Speech:
    direct = [q for q in quotations if q.direct]
    top = max(_outermost(quotations), key=lambda q: _overlap(sentence, q))
    return Speech(
        quoted=_share(sentence, direct),
        reported=_share(sentence, quotations),
        opens=any(q.start >= sentence.start for q in direct),
        continues=any(q.start < sentence.start for q in direct),
        cue=_lemma(top.cue),
        speaker=top.speaker,
        source=top.source,
        official=top.official,
        status=top.status,
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
