"""What names are made of: word lists that tell people, bodies and common words apart."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Lexicon:
    """The word lists of ``data/words.toml`` and of the text files beside it.

    Attributes
    ----------
    ranks, qualifiers
        Titles that can stand before a name, and words that only qualify one.
    bodies
        Words that make a capitalised run an organisation, with its kind.
    nouns
        Nouns that tell what kind of body a name is ("airline"), with the kind.
    heads
        Bodies that "of ..." may follow.
    ministries
        Bodies before which a country stands apart: "German | Foreign Ministry".
    offices, callings, female, male, former, role_stops
        Nouns that give an office, nouns that give none, those that tell a gender, words
        that take an office away, and words that no role contains.
    official_voices, other_voices
        Nouns of all who speak for an institution, offices among them, and of all who
        speak for nobody else, callings among them but for "Mr" and "successor".
    members, lands
        Plural nouns of those who stand for a body, and nouns of states and their parts.
    called
        What the world calls some of the roster's bodies: nouns in the singular, by name.
    stands
        Nouns that may stand for a body, by a word of its name, all in the singular.
    given, surnames, families, particles
        Given and family names in lower case, family names that come first, and small words inside
        names.
    governments, city_nouns, humans, deeds
        Those who govern, nouns of a mere city, people who don't govern, and verbs whose
        subject acts or speaks.
    things, thing_starts, grounds, terrain, articles
        Last and first words of events and things, last words of places, those of them that
        name none alone ("the Strait"); words that no name begins with.
    plain_adjectives
        Adjectives that tell nothing of a role.
    common, openers, calendar, place_starts, locatives, no_actors
        Frequent words of news English; those that open sentences; days and months;
        first words of places; prepositions of place; capital letters that name no actor.
    """

    ranks: frozenset[str]
    qualifiers: frozenset[str]
    bodies: dict[str, str]
    nouns: dict[str, str]
    heads: frozenset[str]
    ministries: frozenset[str]
    offices: frozenset[str]
    callings: frozenset[str]
    official_voices: frozenset[str]
    other_voices: frozenset[str]
    members: frozenset[str]
    lands: frozenset[str]
    called: dict[str, frozenset[str]]
    stands: dict[str, frozenset[str]]
    female: frozenset[str]
    male: frozenset[str]
    former: frozenset[str]
    plain_adjectives: frozenset[str]
    role_stops: frozenset[str]
    governments: frozenset[str]
    city_nouns: frozenset[str]
    humans: frozenset[str]
    deeds: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    families: frozenset[str]
    particles: frozenset[str]
    common: frozenset[str]
    openers: frozenset[str]
    calendar: frozenset[str]
    place_starts: frozenset[str]
    things: frozenset[str]
    thing_starts: frozenset[str]
    grounds: frozenset[str]
    terrain: frozenset[str]
    articles: frozenset[str]
    locatives: frozenset[str]
    no_actors: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the word lists, read at the first call.

    Examples
    --------
    >>> lexicon().bodies["Ministry"]
    'institution'
    """
    lists = tomllib.loads(_text("words.toml"))
    lists["grounds"] += lists["terrain"]
    lists["official_voices"] += lists["offices"]
    lists["other_voices"] += lists["callings"]
    lists["callings"] += lists.pop("courtesies") + lists.pop("either_voices")
    return Lexicon(
        called=_called(tomllib.loads(_text("called.toml"))),
        bodies=_kinds(lists.pop("bodies")),
        nouns=_kinds(lists.pop("nouns")),
        stands={word: frozenset(cell.split()) for word, cell in lists.pop("stands").items()},
        given=frozenset(_text("given_names.txt").split()),
        surnames=frozenset(_text("family_names.txt").split()),
        common=frozenset(_text("common_words.txt").split()),
        **{name: frozenset(cell.split()) for name, cell in lists.items()},
    )


def _kinds(table: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, cell in table.items() for word in cell.split()}


def _called(table: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for noun, names in table.items():
        for name in names:
            found.setdefault(name, set()).add(noun)
    return {name: frozenset(nouns) for name, nouns in found.items()}


def _text(name: str) -> str:
    return (resources.files("stancekit.actors") / "data" / name).read_text(encoding="utf-8")
