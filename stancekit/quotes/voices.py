"""Whose voice it is: from the words that name a speaker to the actor and the office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from stancekit.quotes.descriptions import bare, described_role, name_ends
from stancekit.quotes.evidence import evidence_of, told_of
from stancekit.quotes.function_words import DETERMINERS
from stancekit.quotes.mentions import Mentions
from stancekit.quotes.naming import NOBODY, Sources, Voice
from stancekit.quotes.natures import (
    SPEAKING,
    Nature,
    follows_preposition,
    nature_of,
    spoken_documents,
    status_of,
)
from stancekit.quotes.phrases import first_subject
from stancekit.quotes.references import (
    QUANTITIES,
    RELATIVES,
    is_spokesperson,
    pronoun_of,
)
from stancekit.quotes.role_words import DOCUMENT
from stancekit.quotes.roles import OFFICIAL_KINDS, Status, role_of
from stancekit.quotes.words import QUOTE, Words
from stancekit.records import Actor

_FITTING: Final[dict[str, frozenset[str]]] = dict.fromkeys(QUANTITIES, frozenset({"group"})) | {
    "he": frozenset({"he", "person", "any"}),
    "she": frozenset({"she", "person", "any"}),
    "it": frozenset({"thing", "any"}),
    "they": frozenset({"group", "thing", "any"}),
    "we": frozenset({"group", "thing", "any"}),
    "i": frozenset({"he", "she", "person", "any"}),
}
_SEVERAL: Final = frozenset({"they"}) | QUANTITIES
_NEW: Final = frozenset({"others"})
"""Who is not among those named before."""

_SHOWN: Final[dict[str, Nature]] = {"he": "he", "she": "she"}
_OWN: Final = frozenset({"we", "i"})
_CONJUNCTIONS: Final = frozenset({"and", "but", "though", "although", "yet", ":", ";"})
_MAX_LOOKS = 6
_MAX_RECENT = 6


class Voices(Sources):
    """Resolves the speakers of one article, in text order.

    Parameters
    ----------
    text
        The article.
    sentences
        Its sentences as words, without boilerplate.
    actors
        Who is in it.
    """

    def __init__(self, text: str, sentences: Iterable[Words], actors: Sequence[Actor]) -> None:
        super().__init__(text, sentences)
        self._mentions = Mentions(text, actors)
        self._recent: list[Voice] = []
        self._statuses: dict[str, Status] = {}
        self._names: dict[str, list[tuple[Words, int]]] = {}
        self._tellings: dict[tuple[str, str], list[str]] = {}
        for words in self._sentences:
            self._read(words)

    def remember(self, voice: Voice) -> None:
        """Make a voice the first that pronouns after it can mean."""
        if voice is not NOBODY and voice.nature != "none":
            others = [v for v in self._recent if v.actor is None or v.actor is not voice.actor]
            self._recent = [voice, *others[: _MAX_RECENT - 1]]

    def resolve(self, words: Words, start: int, end: int) -> Voice:
        """Say who the words from `start` to `end` name."""
        if start >= end:
            return NOBODY
        part = words.slice(start, end)
        source = self._text[part.starts[0] : part.ends[-1]]
        referred = self._referred(part)
        if referred is not None:
            voice = self.resolve(*referred)
            return replace(voice, source=source, start=part.starts[0]) if voice.actor else voice
        role = role_of(part)
        actor = self._apposed(part, role) or self._actor(part, role)
        if actor is None or (actor.kind != "person" and part.lows[0] == "its"):
            actor = self._owner(part) or actor
        if role == "other" and actor and actor.kind in SPEAKING:
            first = part.starts[len(part) > 1 and part.lows[0] in DETERMINERS]
            role = "unknown" if self._mentions.is_at(first, actor) else role
        pronoun = pronoun_of(part.lows)
        if pronoun in _OWN and self._is_free(part.starts[0]):
            return Voice(source, nature="none", start=part.starts[0])
        if actor is None and pronoun in _FITTING:
            return self._antecedent(source, pronoun, part.starts[0])
        nature = self._mentions.gender(actor) or nature_of(part, actor)
        status = self._status(part, actor, role)
        evidence = evidence_of(part, actor, role, status, self._told(part, actor))
        ties = self._mentions.ties(part.starts[0], part.ends[-1], actor)
        return Voice(source, actor, status, nature, part.starts[0], (*evidence, *ties))

    def _read(self, words: Words) -> None:
        """Remember where names stand, for their titles and appositions, and what is quoted."""
        for i, (form, low) in enumerate(zip(words.forms, words.lows, strict=True)):
            if low == QUOTE:
                self._mentions.quote(words.starts[i], words.ends[i])
            if form[0].isupper() or form in DOCUMENT:
                self._names.setdefault(bare(form), []).append((words, i))

    def _owner(self, part: Words) -> Actor | None:
        """Return for whom an unnamed body or spokesperson speaks: "its board", "a spokesman"."""
        lows, at = part.lows, part.starts[0]
        if len(part) == 1 and not is_spokesperson(lows):
            return None
        if lows[0] == "its":
            return self._antecedent("", "it", at).actor
        if not is_spokesperson(lows):
            return None
        if lows[0] in {"his", "her"}:
            return self._antecedent("", "he" if lows[0] == "his" else "she", at).actor
        named = self._mentions.named(at, "it")
        return named[1] if named else None

    def _antecedent(self, source: str, pronoun: str, at: int) -> Voice:
        """Return the last speaker whom a pronoun fits, or someone whom the text named since."""
        if pronoun in _NEW:
            return Voice(source, nature="group", start=at)
        fits = _FITTING[pronoun]
        voice = next((voice for voice in self._recent if voice.nature in fits), NOBODY)
        named = self._mentions.named(at, pronoun)
        if named and named[0].start > voice.start:
            actor = named[1]
            status = self._status(Words(), actor)
            evidence = evidence_of(Words(), actor, "unknown", status, self._told(Words(), actor))
            evidence = (*evidence, *self._mentions.ties(at, at, actor))
            voice = Voice(actor=actor, status=status, nature="thing", evidence=evidence)
        if voice is NOBODY or (pronoun in _SEVERAL and self._goes_on(at)):
            subject = self._subject(at)
            is_fit = pronoun in _SEVERAL or subject.nature in fits - {"any"}
            voice = subject if is_fit and subject is not NOBODY else voice
        if pronoun in _SEVERAL and voice.actor is None and not _are_several(voice):
            voice = NOBODY
        if voice is NOBODY:
            return Voice(source, start=at)
        nature = _SHOWN.get(pronoun, voice.nature)
        words = "" if voice.actor else voice.named or voice.source
        return replace(voice, source=source, nature=nature, start=at, named=words)

    def _is_free(self, at: int) -> bool:
        """Whether a word stands outside of all quotation marks, where "we" is the paper."""
        words, index = self._sentence(at)
        return words.starts[index : index + 1] == [at]

    def _goes_on(self, at: int) -> bool:
        """Whether a clause begins that goes on with the one before it: ", but they said"."""
        words, index = self._sentence(at)
        return index > 0 and words.lows[index - 1] in _CONJUNCTIONS

    def _subject(self, at: int) -> Voice:
        """Return whom the subject of the sentence means, where it stands before an offset."""
        words, index = self._sentence(at)
        start, end = first_subject(words, index) if index else (0, 0)
        lows = words.lows[start:end]
        is_named = bool(lows) and lows[0] != QUOTE and pronoun_of(lows) not in _FITTING
        return self.resolve(words, start, end) if is_named else NOBODY

    def _status(self, part: Words, actor: Actor | None, status: Status = "unknown") -> Status:
        keys = [actor.id] if actor else name_ends(part) or spoken_documents(part)
        if status == "unknown" and actor:
            status = status_of(actor)
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

    def _told(self, part: Words, actor: Actor | None) -> list[str]:
        """Return what the text tells of a speaker at the places that name him."""
        called = self._called(part, actor), actor.id if actor else ""
        if called not in self._tellings:
            self._tellings[called] = told_of(actor, self._places(part, actor))
        return self._tellings[called]

    def _called(self, part: Words, actor: Actor | None) -> str:
        """Return the word under which the places are remembered that name a speaker."""
        name = bare(actor.name.split()[-1]) if actor and actor.name.strip() else ""
        if name in self._names:
            return name
        return next(reversed(name_ends(part) or spoken_documents(part)), "")

    def _places(self, part: Words, actor: Actor | None) -> Iterator[tuple[Words, int]]:
        for words, i in self._names.get(self._called(part, actor), [])[:_MAX_LOOKS]:
            at = words.starts[i]
            if actor is None or any(m.start <= at < m.end for m in actor.mentions):
                yield words, i

    def _apposed(self, part: Words, role: Status) -> Actor | None:
        """Return the person right before whose name, and a comma, a role describes."""
        before = self._mentions.before(part.starts[0])
        if role == "unknown" or before is None:
            return None
        mention, actor = before
        is_beside = self._text[mention.end : part.starts[0]] == ", "
        return actor if is_beside and actor.kind == "person" else None

    def _actor(self, part: Words, role: Status) -> Actor | None:
        """Choose the actor that a phrase is about: a person before all others."""
        bodies: list[Actor] = []
        owners: list[Actor] = []
        relatives = (k for k, low in enumerate(part.lows) if k and low in RELATIVES)
        last = next(relatives, len(part))
        for mention, actor in self._mentions.inside(part.starts[0], part.ends[last - 1]):
            after = self._text[mention.end : mention.end + 2]
            is_head = mention.end == part.ends[-1] or after.startswith(",")
            is_owner = after in {"'s", "’s"} and mention.end + len(after) < part.ends[-1]
            if is_owner or after.startswith("-"):
                continue
            if follows_preposition(part, mention.start):
                owners.append(actor)
            elif actor.kind == "person":
                return actor
            elif is_head or role == "official" or (role != "other" and actor.kind != "country"):
                bodies.append(actor)  # "The Dutch brewer" is not the Netherlands.
        candidates = [*bodies, *owners] if role == "official" else bodies
        return next((actor for actor in candidates if actor.kind in OFFICIAL_KINDS), None)


def _are_several(voice: Voice) -> bool:
    """Whether somebody unnamed can be "they": not the rain, and not the plan."""
    words = voice.source.lower().split()
    plural = bool(words) and (words[0] in QUANTITIES or any(word[-1] == "s" for word in words))
    return voice.nature == "group" or (voice.nature == "any" and plural)
