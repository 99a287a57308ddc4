"""What an analysis finds: frozen records, gathered by an `Article`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from stancekit.errors import InputError
from stancekit.labels import JOINER, join_types

Role: TypeAlias = Literal["headline", "body", "boilerplate"]
SpeakerStatus: TypeAlias = Literal["official", "other", "unknown"]


@dataclass(frozen=True)
class Span:
    """A stretch of the article's text.

    Attributes
    ----------
    start, end
        Character offsets in the article's text, end exclusive.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InputError(
                f"expected a span with 0 <= start < end; found {self.start}, {self.end}"
            )

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Mention(Span):
    """One place where the text names an actor.

    Attributes
    ----------
    text
        The words, exactly as in the article.
    sentence
        Index of the sentence that holds the mention.
    name, kind, country
        Full name of the actor meant, one of `stancekit.labels.ACTOR_KINDS`, and the
        country it belongs to (empty where unknown).
    office
        The office that the actor holds or that the text gives, such as
        ``"President of South Korea"``; empty for none.
    why
        How the mention was found and resolved, for a reader.
    """

    text: str
    sentence: int
    name: str
    kind: str
    country: str = ""
    office: str = ""
    why: str = ""


@dataclass(frozen=True)
class Actor:
    """Someone who is in the text: a person, state, organisation, ...

    Attributes
    ----------
    id
        Stable within the article and, for roster actors, everywhere.
    name, kind, country, office
        As in `Mention`.
    mentions
        In text order, never overlapping.
    """

    id: str
    name: str
    kind: str
    country: str = ""
    office: str = ""
    mentions: tuple[Mention, ...] = field(default=(), repr=False, compare=False)

    def row(self) -> dict[str, Any]:
        """Return the columns of ``to_frame("actors")``."""
        return {
            "actor": self.name,
            "id": self.id,
            "kind": self.kind,
            "country": self.country,
            "office": self.office,
            "n_mentions": len(self.mentions),
            "first": self.mentions[0].start if self.mentions else None,
        }


@dataclass(frozen=True)
class Quotation(Span):
    """What somebody says; the span is that of the content.

    Attributes
    ----------
    direct
        Between quotation marks, or reported.
    speaker
        Who says it, where it resolves.
    source
        The words of the text that name the speaker; empty where none do. Where a pronoun means
        somebody unnamed, the words before it: "two guards" for "one of them".
    cue
        The words that report it (``"said"``, ``"according to"``); may be empty.
    official
        Whether the speaker speaks for a state, organisation or company in that role.
    official_probability
        How likely that is, 0 to 1; None where rules alone judged it.
    status
        What the words show of the speaker by rule: ``"official"``, ``"other"`` or
        ``"unknown"``. Heads learn from it.
    """

    direct: bool
    speaker: Actor | None = None
    source: str = ""
    cue: str = ""
    official: bool = False
    official_probability: float | None = None
    status: SpeakerStatus = "unknown"

    def row(self) -> dict[str, Any]:
        """Return the columns of ``to_frame("quotations")`` but for the content."""
        return {
            "speaker": _name(self.speaker),
            "source": self.source,
            "cue": self.cue,
            "direct": self.direct,
            "official": self.official,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True)
class Sentence(Span):
    """A sentence with its labels.

    Attributes
    ----------
    index
        Position in the article.
    text
        ``article.text[start:end]``, always.
    paragraph
        Index of the paragraph.
    role
        ``"boilerplate"`` (captions, datelines alone, link lists) is kept but gets no labels.
    claims
        Calibrated probability of each claim type; empty before classification.
    claim_types
        The types above their thresholds; "none" is an answer.
    speaker
        Who speaks in the sentence, if it resolves.
    """

    index: int
    text: str
    paragraph: int
    role: Role = "body"
    claims: Mapping[str, float] = field(default_factory=dict, hash=False)
    claim_types: tuple[str, ...] = ()
    speaker: Actor | None = None

    def row(self) -> dict[str, Any]:
        """Return the columns of ``to_frame("sentences")``."""
        return {
            "sentence": self.index,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "paragraph": self.paragraph,
            "role": self.role,
            "speaker": _name(self.speaker),
            "claim_types": join_types(self.claim_types),
            **self.claims,
        }


@dataclass(frozen=True)
class Stance:
    """How one sentence stands toward one actor.

    Attributes
    ----------
    sentence
        Sentence index.
    actor
        The target.
    label
        The most probable stance.
    probabilities
        One per stance, adding up to 1.
    holder
        Who expresses it; None is the narrator.
    start, end
        Article offsets of the mention judged.
    """

    sentence: int | None
    actor: Actor
    label: str
    probabilities: Mapping[str, float] = field(hash=False)
    holder: Actor | None = None
    start: int | None = None
    end: int | None = None

    def row(self) -> dict[str, Any]:
        """Return the columns of ``to_frame("stances")``."""
        return {
            "sentence": self.sentence,
            "actor": self.actor.name,
            "stance": self.label,
            **self.probabilities,
            "holder": _name(self.holder),
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True)
class DocumentStance:
    """How the whole article stands toward one actor.

    Attributes
    ----------
    actor, label, probabilities
        As in `Stance`.
    score
        Probability of support less that of criticism, -1 to 1.
    low, high
        Where the score lies nine times in ten, had the article other sentences of the same
        kind and the head other articles to learn from.
    n_sentences
        Sentences that name the actor and were judged.
    evidence
        Indices of up to three sentences without which the label would be less probable, the
        strongest first.
    """

    actor: Actor
    label: str
    probabilities: Mapping[str, float] = field(hash=False)
    score: float
    low: float
    high: float
    n_sentences: int
    evidence: tuple[int, ...] = ()

    @property
    def confidence(self) -> float:
        """Probability of the label."""
        return self.probabilities[self.label]

    def row(self, sentences: Sequence[Sentence]) -> dict[str, Any]:
        """Return the columns of ``to_frame("documents")``; `sentences` are the article's."""
        return {
            "actor": self.actor.name,
            "stance": self.label,
            "confidence": self.confidence,
            **self.probabilities,
            "score": self.score,
            "low": self.low,
            "high": self.high,
            "n_sentences": self.n_sentences,
            "sentences": JOINER.join(map(str, self.evidence)),
            "evidence": "\n".join(sentences[at].text for at in self.evidence),
        }


@dataclass(frozen=True)
class Relation:
    """One actor's stance toward another in one sentence.

    Attributes
    ----------
    holder
        Who takes the side; None is the narrator.
    target
        On whom.
    label, probability
        The most probable stance, and its probability.
    sentence
        Index of the sentence that shows it.
    """

    holder: Actor | None
    target: Actor
    label: str
    probability: float
    sentence: int

    def row(self) -> dict[str, Any]:
        """Return the relation as a row of a table."""
        return {
            "sentence": self.sentence,
            "holder": _name(self.holder),
            "target": self.target.name,
            "stance": self.label,
            "probability": self.probability,
        }


def _name(actor: Actor | None) -> str:
    return actor.name if actor else ""
