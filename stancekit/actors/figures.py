"""The actors of an article as phrases may mean them: what they are called, and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from stancekit.actors.bodies import BODIES
from stancekit.actors.cast import Cast, Person
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import AGED, singular, stem_of
from stancekit.actors.people import Scene
from stancekit.actors.roles import apposition
from stancekit.actors.spelling import plain
from stancekit.records import Mention
from stancekit.text import dateline

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEFORE: Final = re.compile(r"((?:[a-z][a-z-]+ ){1,3})$")
_AFTER: Final = re.compile(r" ([a-z][a-z-]+)(?![\w'’-])")
_FOREIGN: Final = dict.fromkeys(("banco", "banca", "banque", "banka"), "bank") | {
    "ministerio": "ministry",
    "ministério": "ministry",
    "partido": "party",
    "corte": "court",
    "frente": "front",
    "bloque": "bloc",
    "liga": "league",
    "grupo": "group",
}
_KINDS: Final = {
    "party": frozenset(("party",)),
    "company": frozenset(("company", "firm")),
}
"""What every body of a kind may be called."""

_FILED: Final = 1
"""Mentions of its country that a dateline counts for: correspondents write about others' too."""

_FIRST: Final = 4
"""Sentences that a dateline may begin."""

_STATES: Final = frozenset(("country", "place"))


@dataclass
class Figure:
    """An actor.

    Attributes
    ----------
    first
        Its first mention by name.
    person
        Of the cast, where it is one.
    words
        Of its name, in the singular and in lower case.
    called, heads
        Words that describe it, and the nouns among them that say what it is.
    last, sentence
        Where its last mention so far ends, and in which sentence; -1 for nowhere yet.
    n
        Mentions by name.
    opens
        The last sentence so far in which it is the first that is mentioned; -1 for none.
    ties
        The bodies that a person belongs to, or the people of a body, by name, as told so far.
    nouns
        Of the phrases so far that meant it.
    name, kind
        Of its first mention.
    """

    first: Mention
    person: Person | None = None
    words: frozenset[str] = frozenset()
    called: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    last: int = -1
    sentence: int = -1
    n: int = 0
    opens: int = -1
    ties: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    name: str = field(init=False)
    kind: str = field(init=False)

    def __post_init__(self) -> None:
        self.name, self.kind = self.first.name, self.first.kind

    @property
    def country(self) -> str:
        """The country that the actor belongs to."""
        return self.first.country or (self.person.country if self.person else "")

    def is_called(self, noun: str) -> bool:
        """Whether the text calls the actor by a noun, given in the singular."""
        return noun in self.heads

    def stands_by(self, noun: str) -> bool:
        """Whether a noun may stand for a body of this name."""
        known = lexicon().stands
        return any(noun in known[word] for word in self.words if word in known)


def figures_of(named: Sequence[Mention], cast: Cast, scene: Scene) -> dict[str, Figure]:
    """Describe the actors of an article, by name, in the order of their first mentions.

    Parameters
    ----------
    named
        The resolved mentions, in text order.
    cast
        The people.
    scene
        The article.
    """
    people = {person.name: person for person in cast}
    found: dict[str, Figure] = {}
    for mention in named:
        if mention.kind != "person" and mention.kind not in BODIES | _STATES:
            continue
        figure = found.get(mention.name)
        if figure is None:
            person = people.get(mention.name) if mention.kind == "person" else None
            figure = Figure(mention, person)
            figure.words = frozenset(_stems(mention.name))
            figure.heads |= lexicon().called.get(mention.name, frozenset())
            figure.heads |= _KINDS.get(mention.kind, frozenset())
            found[mention.name] = figure
        figure.n += 1
        if mention.kind in BODIES and mention.text != mention.name:
            # The "Oak Coalition" stays a coalition whatever the roster calls it.
            figure.words |= frozenset(_stems(mention.text))
        if figure.person is None:
            _describe(figure, mention, scene)
    for figure in found.values():
        if figure.person is not None:
            _describe_person(figure, figure.person)
    return found


def homes(figures: Mapping[str, Figure], scene: Scene) -> Counter[str]:
    """Count how often each country that the article names is spoken of, and filed from."""
    counts: Counter[str] = Counter(dict.fromkeys(_filed(scene), _FILED))
    for figure in figures.values():
        counts[figure.name if figure.kind == "country" else figure.country] += figure.n
    named = (name for name in counts if name in figures and figures[name].kind == "country")
    return Counter({name: counts[name] for name in named})


def _filed(scene: Scene) -> Iterator[str]:
    """Yield the country of the dateline."""
    for sentence in islice(scene.sentences.values(), _FIRST):
        found = dateline(sentence.text)
        if found:
            yield from (one.home for one in scene.roster.lookup(found.place.title())[:1])


def _stems(words: str) -> Iterator[str]:
    for word in _WORD.findall(plain(words).lower()):
        low = word.removesuffix("'s").rstrip("'")
        yield _FOREIGN.get(low) or singular(low)


def _describe(figure: Figure, mention: Mention, scene: Scene) -> None:
    """Learn from the words beside a body's name, and from an apposition after it."""
    sentence = scene.sentence(mention)
    start, end = mention.start - sentence.start, mention.end - sentence.start
    before = _BEFORE.search(sentence.text[max(0, start - 40) : start])
    words = before[1].split() if before else []
    if words and (words[-1] in lexicon().nouns or words[-1] in lexicon().lands):
        figure.heads.add(stem_of(words[-1]))
        figure.called.update(words)
    own = _AFTER.match(sentence.text, end)
    if own and _tells(own[1], mention):
        figure.heads.add(stem_of(own[1]))
        figure.called.add(own[1])
    if sentence.text[end : end + 2] != ", ":
        return
    _, after = apposition(sentence.text[end : end + 100])
    if after and (after[-1] in lexicon().nouns or after[-1] in lexicon().lands):
        figure.heads.add(stem_of(after[-1]))
        figure.called.update(word.lower() for word in after)


def _tells(noun: str, mention: Mention) -> bool:
    """Whether a noun right after a name tells what bears it: "Brimla council", "Reef group"."""
    if noun in lexicon().lands:
        return mention.kind != "country"
    # "The Leeds brewer" is not Leeds.
    return noun in lexicon().nouns and mention.kind in BODIES


def _describe_person(figure: Figure, person: Person) -> None:
    calls = [role.words for role in person.roles] + [person.office]
    figure.heads.update(stem_of(role.noun) for role in person.roles if role.noun)
    figure.called.update(word for call in calls for word in _stems(call))
    nouns = (word for word in _stems(person.office) if word in lexicon().offices)
    figure.heads.update(stem_of(word) for word in nouns)
    if person.age:
        figure.heads.add(f"{person.age}{AGED}")
