"""Whose voice it is: from the words that name a speaker to the actor and the office."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from stancekit.quotes.descriptions import NAME_ENDS, bare, described_role, name_ends
from stancekit.quotes.role_words import COLLECTIVE, DOCUMENT
from stancekit.quotes.roles import OFFICIAL_KINDS, Status, role_of, singular
from stancekit.quotes.words import Words, read_words, word_set
from stancekit.records import Actor

Nature: TypeAlias = Literal["he", "she", "person", "thing", "group", "any"]

_FITTING: Final[dict[str, frozenset[str]]] = {
    "he": frozenset({"he", "person", "any"}),
    "she": frozenset({"she", "person", "any"}),
    "it": frozenset({"thing", "any"}),
    "they": frozenset({"group", "thing", "any"}),
    "we": frozenset({"group", "thing", "any"}),
    "i": frozenset({"he", "she", "person", "any"}),
}
PRONOUNS: Final = frozenset(_FITTING)
"""Pronouns that can be the subject of a reporting verb."""

_SHOWN: Final[dict[str, Nature]] = {"he": "he", "she": "she"}
_BETWEEN: Final = word_set("of for to at in from with by on")
_TITLES: Final[dict[str, Nature]] = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_MAX_LOOKS = 6
_MAX_RECENT = 6


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as far as the text shows.

    Attributes
    ----------
    source
        The words that name the speaker here; empty where none do.
    actor
        Who it is, where it resolves.
    status
        Whether the speaker speaks for an institution.
    nature
        Which pronouns fit.
    """

    source: str = ""
    actor: Actor | None = None
    status: Status = "unknown"
    nature: Nature = "any"


NOBODY: Final = Voice()


class Voices:
    """Resolves the speakers of one article, in text order.

    Parameters
    ----------
    text
        The article.
    actors
        Who is in it.
    """

    def __init__(self, text: str, actors: Sequence[Actor]) -> None:
        self._text = text
        mentions = [(m.start, m.end, actor) for actor in actors for m in actor.mentions]
        self._mentions = sorted(mentions, key=lambda item: item[:2])
        self._recent: list[Voice] = []
        self._statuses: dict[str, Status] = {}
        self._names: dict[str, list[tuple[Words, int]]] = {}

    def read(self, words: Words) -> None:
        """Remember where names stand, for their titles and appositions."""
        for i, form in enumerate(words.forms):
            if form[0].isupper() or form in DOCUMENT:
                self._names.setdefault(bare(form), []).append((words, i))

    def remember(self, voice: Voice) -> None:
        """Make a voice the first that pronouns after it can mean."""
        if voice is not NOBODY:
            self._recent = [voice, *self._recent[: _MAX_RECENT - 1]]

    def resolve(self, words: Words, start: int, end: int) -> Voice:
        """Say who the words from `start` to `end` name."""
        if start >= end:
            return NOBODY
        part = words.slice(start, end)
        source = self._text[part.starts[0] : part.ends[-1]]
        role = role_of(part)
        actor = self._actor(part, role)
        pronoun = part.lows[0].split("'")[0] if len(part) == 1 else ""
        if actor is None and pronoun in _FITTING:
            return self._antecedent(source, pronoun)
        return Voice(source, actor, self._status(part, actor, role), _nature(part, actor))

    def _antecedent(self, source: str, pronoun: str) -> Voice:
        for voice in self._recent:
            if voice.nature in _FITTING[pronoun]:
                return replace(voice, source=source, nature=_SHOWN.get(pronoun, voice.nature))
        return Voice(source)

    def _status(self, part: Words, actor: Actor | None, status: Status) -> Status:
        keys = [actor.id] if actor else name_ends(part) or _documents(part)
        if status == "unknown" and actor:
            status = _status_of(actor)
        if status == "unknown" and keys:
            status = self._statuses.get(keys[-1]) or self._described(part, actor)
        self._statuses.update(dict.fromkeys(keys, status))
        return status

    def _described(self, part: Words, actor: Actor | None) -> Status:
        """Look at the places that name the speaker for a title or an apposition."""
        for words, i in self._places(part, actor):
            status = described_role(words, i)
            if status != "unknown":
                return status
        return "unknown"

    def _places(self, part: Words, actor: Actor | None) -> Iterator[tuple[Words, int]]:
        name = bare(actor.name.split()[-1]) if actor and actor.name.strip() else ""
        keys = [name] if name in self._names else name_ends(part) or _documents(part)
        for words, i in self._names.get(keys[-1], [])[:_MAX_LOOKS] if keys else ():
            at = words.starts[i]
            if actor is None or any(m.start <= at < m.end for m in actor.mentions):
                yield words, i

    def _actor(self, part: Words, role: Status) -> Actor | None:
        """Choose the actor that a phrase is about: a person before all others."""
        heads: list[Actor] = []
        others: list[Actor] = []
        for start, end, actor in self._inside(part.starts[0], part.ends[-1]):
            if self._text[end : end + 2] in {"'s", "’s"}:
                continue
            (others if _follows_preposition(part, start) else heads).append(actor)
        people = [actor for actor in heads if actor.kind == "person"]
        if people:
            return people[0]
        bodies = [actor for actor in heads if actor.kind in OFFICIAL_KINDS and role != "other"]
        if role == "official":
            bodies += [actor for actor in others if actor.kind in OFFICIAL_KINDS]
        return bodies[0] if bodies else None

    def _inside(self, start: int, end: int) -> Iterator[tuple[int, int, Actor]]:
        i = bisect_left(self._mentions, (start,))
        while i < len(self._mentions) and self._mentions[i][0] < end:
            yield self._mentions[i]
            i += 1


def _status_of(actor: Actor) -> Status:
    if actor.kind in OFFICIAL_KINDS:
        return "official"
    return role_of(read_words(actor.office, 0, len(actor.office)))


def _documents(part: Words) -> list[str]:
    """Return the noun of a document that speaks, such as "the report"."""
    return [form for form in part.forms[:_MAX_LOOKS] if form in DOCUMENT][:1]


def _follows_preposition(part: Words, start: int) -> bool:
    """Whether the mention at `start` only qualifies the noun: "a spokesman for Berg"."""
    found = False
    for low, at in zip(part.lows, part.starts, strict=True):
        if at >= start:
            break
        found = low in _BETWEEN or (found and low != ",")
    return found


def _nature(part: Words, actor: Actor | None) -> Nature:
    lows = part.lows
    if lows[0] in _TITLES:
        return _TITLES[lows[0]]
    head = next((k for k, low in enumerate(lows) if k and low in NAME_ENDS), len(lows))
    noun = lows[head - 1]
    if any(low.endswith("woman") for low in lows):
        return "she"
    if noun in COLLECTIVE or singular(noun) in COLLECTIVE:
        return "thing"
    if actor and actor.kind != "person" and part.forms[head - 1][0].isupper():
        return "thing"
    if noun != singular(noun) and noun == part.forms[head - 1]:
        return "group"
    return "person" if actor or noun == part.forms[head - 1] else "any"
