"""Whose voice it is: from the words that name a speaker to the actor and the office."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from stancekit.quotes.descriptions import NAME_ENDS, bare, described_role, name_ends
from stancekit.quotes.evidence import evidence_of
from stancekit.quotes.role_words import COLLECTIVE, DOCUMENT
from stancekit.quotes.roles import OFFICIAL_KINDS, Status, is_role, role_of, singular
from stancekit.quotes.words import QUOTE, Words, read_words, word_set
from stancekit.records import Actor, Mention

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

_PERSON: Final = frozenset({"person"})
_NAMED: Final = {"he": _PERSON, "she": _PERSON, "it": OFFICIAL_KINDS}
_SHOWN: Final[dict[str, Nature]] = {"he": "he", "she": "she"}
_RELATIVES: Final = frozenset({"who", "which", "whose", "whom"})
_BETWEEN: Final = word_set("of for to at in from with by on")
_TITLES: Final[dict[str, Nature]] = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_MAX_LOOKS = 6
_MAX_RECENT = 6
_NEAR = 400
"""How far back, in characters, a pronoun still means someone who only was named."""


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
    start
        Where the words begin.
    evidence
        What the text shows of the speaker, see `stancekit.quotes.evidence`.
    """

    source: str = ""
    actor: Actor | None = None
    status: Status = "unknown"
    nature: Nature = "any"
    start: int = -1
    evidence: tuple[str, ...] = ()


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
        mentions = [(mention, actor) for actor in actors for mention in actor.mentions]
        self._mentions = sorted(mentions, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._mentions]
        self._genders: dict[str, Nature | None] = {}
        self._quoted: set[int] = set()
        self._recent: list[Voice] = []
        self._statuses: dict[str, Status] = {}
        self._names: dict[str, list[tuple[Words, int]]] = {}

    def read(self, words: Words) -> None:
        """Remember where names stand, for their titles and appositions, and what is quoted."""
        for i, form in enumerate(words.forms):
            if words.lows[i] == QUOTE:
                inside = self._inside(words.starts[i], words.ends[i])
                self._quoted.update(mention.start for mention, _ in inside)
            if form[0].isupper() or form in DOCUMENT:
                self._names.setdefault(bare(form), []).append((words, i))

    def remember(self, voice: Voice) -> None:
        """Make a voice the first that pronouns after it can mean."""
        if voice is not NOBODY:
            others = [v for v in self._recent if v.actor is None or v.actor != voice.actor]
            self._recent = [voice, *others[: _MAX_RECENT - 1]]

    def resolve(self, words: Words, start: int, end: int) -> Voice:
        """Say who the words from `start` to `end` name."""
        if start >= end:
            return NOBODY
        part = words.slice(start, end)
        source = self._text[part.starts[0] : part.ends[-1]]
        role = role_of(part)
        actor = self._apposed(part, role) or self._actor(part, role)
        pronoun = part.lows[0].split("'")[0] if len(part) < 3 else ""
        if actor is None and pronoun in _FITTING:
            return self._antecedent(source, pronoun, part.starts[0])
        nature = self._gender(actor) or _nature(part, actor)
        status = self._status(part, actor, role)
        evidence = evidence_of(part, actor, role, status, self._places(part, actor))
        return Voice(source, actor, status, nature, part.starts[0], evidence)

    def _antecedent(self, source: str, pronoun: str, at: int) -> Voice:
        """Return the last speaker whom a pronoun fits, or someone whom the text named since."""
        fits = _FITTING[pronoun]
        voice = next((voice for voice in self._recent if voice.nature in fits), NOBODY)
        named = self._named(at, pronoun)
        if named and named[0].start > voice.start:
            actor = named[1]
            status = self._status(Words(), actor)
            evidence = evidence_of(Words(), actor, "unknown", status, self._places(Words(), actor))
            voice = Voice(actor=actor, status=status, nature="thing", evidence=evidence)
        if voice is NOBODY:
            return Voice(source, start=at)
        nature = _SHOWN.get(pronoun, voice.nature)
        return replace(voice, source=source, nature=nature, start=at)

    def _named(self, at: int, pronoun: str) -> tuple[Mention, Actor] | None:
        """Return the first that a pronoun fits in the last sentence before `at` with any such."""
        found: tuple[Mention, Actor] | None = None
        for i in range(self._after(at) - 1, -1, -1):
            mention, actor = self._mentions[i]
            if at - mention.start > _NEAR or (found and mention.sentence != found[0].sentence):
                break
            is_free = mention.start not in self._quoted
            if is_free and actor.kind in _NAMED.get(pronoun, ()) and self._suits(actor, pronoun):
                found = mention, actor
        return found

    def _suits(self, actor: Actor, pronoun: str) -> bool:
        return self._gender(actor) in (None, pronoun)

    def _gender(self, actor: Actor | None) -> Nature | None:
        """Return what a title before any of a person's mentions tells."""
        if actor is None or actor.kind != "person":
            return None
        if actor.id not in self._genders:
            before = (self._text[max(0, m.start - 5) : m.start].split() for m in actor.mentions)
            titles = (words[-1].rstrip(".").lower() for words in before if words)
            found = (_TITLES[title] for title in titles if title in _TITLES)
            self._genders[actor.id] = next(found, None)
        return self._genders[actor.id]

    def _status(self, part: Words, actor: Actor | None, status: Status = "unknown") -> Status:
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

    def _apposed(self, part: Words, role: Status) -> Actor | None:
        """Return the person right before whose name, and a comma, a role describes."""
        i = self._after(part.starts[0]) - 1
        if role == "unknown" or i < 0:
            return None
        mention, actor = self._mentions[i]
        is_beside = self._text[mention.end : part.starts[0]] == ", "
        return actor if is_beside and actor.kind == "person" else None

    def _actor(self, part: Words, role: Status) -> Actor | None:
        """Choose the actor that a phrase is about: a person before all others."""
        bodies: list[Actor] = []
        owners: list[Actor] = []
        last = next((k for k, low in enumerate(part.lows) if k and low in _RELATIVES), len(part))
        for mention, actor in self._inside(part.starts[0], part.ends[last - 1]):
            after = self._text[mention.end : mention.end + 2]
            is_head = mention.end == part.ends[-1] or after.startswith(",")
            if after in {"'s", "’s"} or after.startswith("-"):
                continue
            if _follows_preposition(part, mention.start):
                owners.append(actor)
            elif actor.kind == "person":
                return actor
            elif role != "other" or is_head:
                bodies.append(actor)
        candidates = [*bodies, *owners] if role == "official" else bodies
        return next((actor for actor in candidates if actor.kind in OFFICIAL_KINDS), None)

    def _inside(self, start: int, end: int) -> Sequence[tuple[Mention, Actor]]:
        return self._mentions[self._after(start) : self._after(end)]

    def _after(self, at: int) -> int:
        """Return the index of the first mention that starts at an offset or after it."""
        return bisect_left(self._starts, at)


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
    if actor and actor.kind != "person" and not (noun == part.forms[head - 1] and is_role(noun)):
        return "thing"
    if noun != singular(noun) and noun == part.forms[head - 1]:
        return "group"
    return "person" if actor or noun == part.forms[head - 1] else "any"
