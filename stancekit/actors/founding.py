"""Actors that an article never names: "the transport ministry", "the minister of Chile"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from stancekit.actors.cast import Person
from stancekit.actors.figures import Figure
from stancekit.actors.people import Scene
from stancekit.actors.phrases import Phrase
from stancekit.actors.weigh import Place
from stancekit.records import Mention

_BODY: Final = re.compile(
    r"army|military|navy|air force|coast guard|general staff|(?:[a-z]+ )?police|parliament|treasury"
    r"|central bank|(?:electoral|election) commission|(?:supreme|constitutional) court"
    r"|(?:[a-z]+ )+ministry"
    r"|(?:city|town|county|district|provincial|state|regional|municipal) (?:council|government)"
)
_ARMS: Final = frozenset(("ministry", "treasury"))
"""What stands for the government unless a word before it, or a name, tells which one is meant."""

_ARTICLES: Final = frozenset(("the", "its", "his", "'s", "land", ""))


def found(
    phrase: Phrase, place: Place, figures: Mapping[str, Figure], named: Collection[str]
) -> Mention | None:
    """Say which body of state, or which government, a phrase brings into an article.

    Parameters
    ----------
    phrase
        That means none of the actors named so far.
    place
        The countries around.
    figures
        The actors of the article, by name.
    named
        The words of the names of its bodies, in the singular.

    Returns
    -------
    Mention or None
        A mention of the actor, at another place; None if the phrase tells of none.
    """
    words = " ".join(phrase.words)
    is_body = _BODY.fullmatch(words) is not None
    is_plain = phrase.noun.stem in _ARMS and phrase.told <= {"own"}
    if phrase.article not in _ARTICLES or not (is_body or is_plain):
        return None
    if phrase.goes_on and not phrase.country:
        return None
    country = phrase.country or place.near or place.before or place.home
    land = figures.get(country)
    if land is not None and land.kind != "country":
        return None
    if is_plain and phrase.noun.stem not in named:
        return None if land is None else replace(land.first, why=f"the government of {country}")
    if not is_body or (land is None and len(phrase.words) < 2):
        return None
    name = f"{words.capitalize()} of {country}" if land else words.capitalize()
    why = f"the article is about {country}" if land else "a body that the article doesn't name"
    return Mention(0, 1, "", 0, name, "institution", country if land else "", why=why)


def holder_of(phrase: Phrase, scene: Scene) -> Mention | None:
    """Take the roster's holder of an office of a country named with it, at another place."""
    if not phrase.country:
        return None
    title = f"{' '.join(phrase.words)} of {phrase.country}".lower()
    for name in scene.roster.holders.get(title, ()):
        office = scene.roster.office(name, scene.date)
        if office.replace(" of the ", " of ").lower() == title:
            why = f"holds the office: {office}"
            return Mention(0, 1, "", 0, name, "person", phrase.country, office, why)
    return None


def unnamed(phrase: Phrase, figures: Iterable[Figure], scene: Scene) -> Figure | None:
    """Take a minister whom neither the roster nor the article names.

    Parameters
    ----------
    phrase
        That means none of the actors named so far.
    figures
        The actors of the article. Where a person of that role and of no known country is
        among them, the phrase may mean that one, and nobody is brought in.
    scene
        The article.
    """
    office = " ".join(phrase.words)
    if not phrase.country or office not in scene.roster.shared_offices:
        return None
    if any(one.person and one.is_called(phrase.noun.stem) and not one.country for one in figures):
        return None
    title = f"{office.capitalize()} of {phrase.country}"
    why = "holds an office, but has no name here"
    first = Mention(0, 1, "", 0, title, "person", phrase.country, title, why)
    person = Person(title, tuple(title.split()), frozenset(), title, phrase.country)
    return Figure(first, person, called=set(phrase.words), heads={phrase.noun.stem})
