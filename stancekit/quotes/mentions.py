"""The mentions of an article's actors, as the resolution of speakers looks them up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from stancekit.quotes.natures import TITLES, Nature
from stancekit.quotes.references import gender_after
from stancekit.quotes.roles import OFFICIAL_KINDS
from stancekit.records import Actor, Mention

_PERSON: Final = frozenset({"person"})
_NAMED: Final = {"he": _PERSON, "she": _PERSON, "it": OFFICIAL_KINDS}
_OWNS: Final = re.compile(r"['’]s?\s(?:[\w-]+\s){0,4}|\s(?:[A-Z][\w-]+\s){0,4}")
_OF: Final = re.compile(r"(?:,[^,.;:]{0,60})?\s(?:of|for|from|at|in|by)\s(?:the\s)?")
_POSSESSIVE: Final = re.compile(r"['’]s?\s")
_BESIDE: Final = re.compile(
    r"\b(?:to|with|about|against|alongside|beside|on|\w+ed by)\s(?:[\w.]+\s){0,3}$"
)
_UP_TO: Final = re.compile(r",(?:[^.,;]{0,60},)?\s")
_SHORT: Final = 40
_MAX_LOOKS: Final = 6
_MAX_FOLLOWING: Final = 6
_SURE: Final = 2  # pronouns after a person's names that together tell a gender
_NEAR: Final = 400
"""How far back, in characters, a pronoun still means someone who only was named."""


class Mentions:
    """Mentions in text order.

    Parameters
    ----------
    text
        The article.
    actors
        Who is in it.
    """

    def __init__(self, text: str, actors: Sequence[Actor]) -> None:
        self._text = text
        pairs = [(mention, actor) for actor in actors for mention in actor.mentions]
        self._pairs = sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._pairs]
        self._genders: dict[str, Nature | None] = {}
        self._sides: dict[str, list[str]] = {}
        self._quoted: set[int] = set()

    def quote(self, start: int, end: int) -> None:
        """Remember that a stretch is a direct quotation."""
        self._quoted.update(mention.start for mention, _ in self.inside(start, end))

    def inside(self, start: int, end: int) -> Sequence[tuple[Mention, Actor]]:
        """Return the mentions that start in a stretch."""
        return self._pairs[self._after(start) : self._after(end)]

    def is_at(self, at: int, actor: Actor) -> bool:
        """Whether a mention of an actor starts at an offset."""
        return any(other is actor for _, other in self.inside(at, at + 1))

    def before(self, at: int) -> tuple[Mention, Actor] | None:
        """Return the last mention that starts before an offset."""
        i = self._after(at) - 1
        return self._pairs[i] if i >= 0 else None

    def named(self, at: int, pronoun: str) -> tuple[Mention, Actor] | None:
        """Return the first that a pronoun fits in the last sentence before `at` with any such."""
        found: list[tuple[Mention, Actor]] = []
        for i in range(self._after(at) - 1, -1, -1):
            mention, actor = self._pairs[i]
            if at - mention.start > _NEAR or (found and mention.sentence != found[0][0].sentence):
                break
            is_free = mention.start not in self._quoted and not self._is_beside(mention, at)
            if (
                is_free
                and actor.kind in _NAMED.get(pronoun, ())
                and self.gender(actor) in (None, pronoun)
            ):
                found.append((mention, actor))
        found.reverse()
        # "Berg's deputy, Ruiz, came": Ruiz rather than Berg.
        free = (one for one in found if not _POSSESSIVE.match(self._text, one[0].end))
        return next(free, found[0] if found else None)

    def _is_beside(self, mention: Mention, at: int) -> bool:
        """Whether the one at an offset cannot be whom a mention names: "Talking to Kim, he"."""
        before = self._text[max(0, mention.start - _SHORT) : mention.start]
        is_followed = _UP_TO.fullmatch(self._text, mention.end, at)
        return is_followed is not None and _BESIDE.search(before) is not None

    def ties(self, start: int, end: int, actor: Actor | None) -> list[str]:
        """Tell the kinds of actors that words tie a speaker to: "Kim of the UN", "Japan's Abe".

        Parameters
        ----------
        start, end
            The words that name the speaker here.
        actor
            Who it is, where it resolves: then all places that name him count.
        """
        if actor and actor.id not in self._sides:
            places = actor.mentions[:_MAX_LOOKS]
            self._sides[actor.id] = [tie for one in places for tie in self._beside(one, actor)]
        found = self._sides[actor.id] if actor else []
        named = (other for _, other in self.inside(start, end) if other is not actor)
        return list(dict.fromkeys([*found, *(f"names={other.kind}" for other in named)]))

    def _beside(self, one: Mention, actor: Actor) -> Iterator[str]:
        start, end = one.start, one.end
        at = self._after(start)
        for mention, other in self._pairs[max(0, at - 1) : at]:
            if other is not actor and _OWNS.fullmatch(self._text, mention.end, start):
                yield f"owner={other.kind}"
        at = self._after(end)
        for mention, other in self._pairs[at : at + 1]:
            if other is not actor and _OF.fullmatch(self._text, end, mention.start):
                yield f"of={other.kind}"

    def gender(self, actor: Actor | None) -> Nature | None:
        """Return what a title before any of a person's mentions tells, or else pronouns."""
        if actor is None or actor.kind != "person":
            return None
        if actor.id not in self._genders:
            before = (self._text[max(0, m.start - 5) : m.start].split() for m in actor.mentions)
            titles = (words[-1].rstrip(".").lower() for words in before if words)
            found = (TITLES[title] for title in titles if title in TITLES)
            self._genders[actor.id] = next(found, None) or self._pronouns(actor)
        return self._genders[actor.id]

    def _pronouns(self, actor: Actor) -> Nature | None:
        """Return what the pronouns right after a person's names tell, up to the next person.

        Those after a name in a quotation mean whoever speaks.
        """
        stretches = []
        free = (mention for mention in actor.mentions if mention.start not in self._quoted)
        for mention in [*free][:_MAX_LOOKS]:
            i = self._after(mention.end)
            following = self._pairs[i : i + _MAX_FOLLOWING]
            until = next((m.start for m, who in following if who.kind == "person"), len(self._text))
            end = min(until, mention.end + _NEAR)
            stretches.append(self._text[mention.end : end].split("\n")[0])
        told = gender_after(stretches)
        return "she" if told >= _SURE else "he" if told <= -_SURE else None

    def _after(self, at: int) -> int:
        """Return the index of the first mention that starts at an offset or after it."""
        return bisect_left(self._starts, at)
