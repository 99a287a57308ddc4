"""Bodies of state that an article never names: "the transport ministry", "the army"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from stancekit.actors.figures import Figure
from stancekit.actors.phrases import Phrase
from stancekit.actors.weigh import Place
from stancekit.records import Mention

_BODY: Final = re.compile(
    r"army|military|navy|air force|coast guard|general staff|(?:[a-z]+ )?police|parliament|treasury"
    r"|central bank|(?:[a-z]+ )+ministry"
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
