"""What the sentences of an article tell of each other: who was introduced, which land it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from stancekit.actors.entries import Alias
from stancekit.actors.lexicon import lexicon
from stancekit.actors.lines import Line
from stancekit.actors.spelling import bare
from stancekit.actors.tokens import Candidate

_FEW = 1
"""So few sentences leave out who was introduced before."""

_SURNAME = re.compile(
    r"(?:[a-z]{2,})(?:ov|ova|eva|sky|skiy|ski|ska|enko|vich|vic|wicz|oglu|shvili|adze|idze|yan"
    r"|sson|ssen|inen|escu|elli|etti|opoulos|akis|auskas|mann)$|^(?:Mc|Mac|O')[A-Z]"
)
_BODIES = frozenset(("organisation", "institution", "party", "company", "armed_group"))
_OF = frozenset(("of", "for", "on", "against"))
_MOVEMENTS = frozenset(("Party", "Bloc", "Movement"))
_CREEDS = ("ist", "ican", "ative", "crat", "al", "Green")
"""Ends of words before these that stand for the body in the plural: "the Socialists"."""

_SUBNATIONAL = frozenset(("party", "institution", "place"))


@dataclass
class Knowledge:
    """What is known of an article after its first reading.

    Attributes
    ----------
    n_lines
        How many sentences there are.
    people, bodies
        The full name that each word, abbreviation or last word of a body points back to.
    homes, bodies_of
        How often countries, and bodies or places within them, are named without doubt.
    seen
        Words that were named where their capital says something.
    weak
        Names that look like a person's, no list knowing them.
    kinds
        The kind of body that a noun beside it tells of a name.
    counts, places, agents, speakers
        How often an unknown name is there, follows a preposition of place, does something,
        follows "said".
    """

    n_lines: int = 0
    people: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    homes: Counter[str] = field(default_factory=Counter)
    bodies_of: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    weak: dict[str, None] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    agents: Counter[str] = field(default_factory=Counter)

    @cached_property
    def loud_people(self) -> dict[str, str]:
        """Full names by the words of people's names in capitals."""
        return {word.upper(): full for word, full in self.people.items()}

    @cached_property
    def loud_bodies(self) -> dict[str, str]:
        """Full names of bodies by their first words in capitals."""
        named = self.bodies.items()
        return {word.upper(): full for word, full in named if len(word) > 4 and " " not in word}

    def choose(self, aliases: Sequence[Alias]) -> tuple[Alias, Alias | None]:
        """Pick the reading whose country the article speaks of, else the likelier one.

        Returns
        -------
        tuple of Alias and (Alias or None)
            The best reading, and the runner-up if there was one.
        """
        if len({alias.actor for alias in aliases}) == 1:
            return aliases[0], None
        ranked = sorted(aliases, key=lambda a: (self.speaks_of(a), a.priority), reverse=True)
        return ranked[0], next(alias for alias in ranked if alias.actor != ranked[0].actor)

    def unknown(self, words: str) -> str:
        """Return what an unknown name is by what it does in the article; empty for nothing."""
        first, last = words.split()[0], words.split()[-1]
        if words in lexicon().terrain:
            return ""
        if last in lexicon().things or first in lexicon().thing_starts:
            return ""
        if last in lexicon().grounds or first in lexicon().place_starts:
            return "place"
        if words in self.kinds:
            return self.kinds[words]
        if self.places[words] and self.places[words] >= self.agents[words]:
            return "place"
        if self.agents[words] and " " not in words and self.is_surname(words):
            return "person"
        is_named = " " in words and self.counts[words] > 1
        return "organisation" if self.agents[words] or is_named else ""

    def is_surname(self, word: str) -> bool:
        """Whether a lone word that acts is somebody's surname, by form or for want of context."""
        is_known = word.lower() in lexicon().surnames or word in lexicon().families
        return is_known or _SURNAME.search(word) is not None or self.n_lines <= _FEW

    def speaks_of(self, alias: Alias) -> int:
        """Return how often the article names the country of a reading elsewhere."""
        if alias.kind == "place":
            return self.bodies_of[alias.home] // 2
        return self.homes[alias.home]

    def is_elsewhere(self, alias: Alias) -> bool:
        """Whether an article of some length names countries, but not that of a reading."""
        return self.n_lines > _FEW and bool(self.homes) and not self.homes[alias.home]

    def is_at_home(self, alias: Alias) -> bool:
        """Whether no country is named more often than that of a reading."""
        most = max(self.homes.values(), default=0)
        return most > 0 and self.homes[alias.home] == most


def learn(lines: Sequence[Line]) -> Knowledge:
    """Gather what the sentences tell, headlines and all."""
    known = Knowledge(len(lines))
    for line in lines:
        for candidate in line.candidates:
            if candidate.match:
                _learn_match(known, line, candidate)
            elif candidate.is_tagged:
                _learn_tag(known, line, candidate)
            elif candidate.what == "word":
                _learn_word(known, line, candidate)
            elif candidate.what == "person":
                _learn_form(known, line, candidate)
            else:
                _learn_body(known, line.words(candidate))
    _settle(known)
    return known


def _settle(known: Knowledge) -> None:
    """Decide what unknown names are, once all sentences are read."""
    for words in known.weak:
        first, *_, last = words.split()
        is_person = known.speakers[words] or known.is_surname(last) or "-" in first
        if words not in known.kinds and known.counts[first] > known.counts[last] and not is_person:
            known.kinds[words] = "organisation"
        if words not in known.kinds:
            _learn_person(known, words)
    for words in (*known.counts, *known.kinds):
        if known.unknown(words) not in ("", "place", "person"):
            _learn_body(known, words)


def _learn_match(known: Knowledge, line: Line, candidate: Candidate) -> None:
    aliases = candidate.match.aliases if candidate.match else ()
    words = line.words(candidate)
    if not candidate.is_first or words.lower() not in lexicon().common:
        known.seen.add(words)
    best = aliases[0]
    if best.kind == "person":
        _learn_person(known, best.actor)
        _learn_person(known, words, of=best.actor)
    elif best.kind in _BODIES and best.relation != "abbreviation":
        _learn_body(known, words, of=best.actor)
    if best.kind != "person" and len({alias.actor for alias in aliases}) == 1 and best.home:
        known.homes[best.home] += 1
        if best.kind in _SUBNATIONAL:
            known.bodies_of[best.home] += 1


def _learn_tag(known: Knowledge, line: Line, candidate: Candidate) -> None:
    words = line.words(candidate)
    known.seen.add(words)
    if candidate.what == "body":
        _learn_body(known, words)
        if kind := line.noun(candidate):
            known.kinds.setdefault(words, kind)
    elif candidate.what == "person" and " " in words and line.is_cased:
        _learn_person(known, words)


def _learn_form(known: Knowledge, line: Line, candidate: Candidate) -> None:
    words = line.words(candidate)
    if candidate.is_sure:
        _learn_person(known, words)
        return
    known.weak[words] = None
    known.speakers[words] += line.is_said_by(candidate)
    if kind := line.noun(candidate):
        known.kinds.setdefault(words, kind)


def _learn_person(known: Knowledge, words: str, of: str = "") -> None:
    for word in words.split():
        if len(word) > 2 and word[0].isupper():
            known.people.setdefault(word, of or words)
        elif (name := bare(word)) != word and " " in words:
            for form in (word, word[0].upper() + word[1:], name):
                known.people.setdefault(form, of or words)


def _learn_body(known: Knowledge, words: str, of: str = "") -> None:
    parts = words.split()
    if len(parts) < 2:
        return
    full = of or words
    known.bodies.setdefault(initials(words), full)
    is_head = parts[0] in lexicon().bodies and parts[1] in _OF
    if not is_head and parts[0].lower() not in lexicon().common:
        known.bodies.setdefault(parts[0], full)
    if parts[-1] in _MOVEMENTS and parts[-2].endswith(_CREEDS):
        known.bodies.setdefault(f"the {parts[-2]}s", full)
    last = next((part for part in reversed(parts) if part in lexicon().bodies), "")
    for part in (last, *reversed(parts)):
        if part[:1].isupper():
            known.bodies.setdefault(f"the {part}", full)


def _learn_word(known: Knowledge, line: Line, candidate: Candidate) -> None:
    words = line.words(candidate)
    if line.is_said_by(candidate):
        known.agents[words] += 1
        known.speakers[words] += 1
    elif " " not in words and words.lower() in lexicon().common:
        return
    elif (before := line.before(candidate)) != "at" and before in lexicon().locatives:
        known.places[words] += 1
    elif line.after(candidate).rstrip(".,") in lexicon().deeds:
        known.agents[words] += 1
    known.counts[words] += 1
    if not candidate.is_first:
        known.seen.add(words)
    kind = line.noun(candidate)
    if kind:
        known.kinds.setdefault(words, kind)


def initials(words: str) -> str:
    """Return the capital initials of a name.

    Examples
    --------
    >>> initials("Court of Arbitration for Sport")
    'CAS'
    """
    return "".join(word[0] for word in re.split(r"[ -]", words) if word[:1].isupper())
