"""How likely a phrase means an actor: named signs, and the weights that were fitted for them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

from stancekit.actors.bodies import BODIES
from stancekit.actors.figures import Figure
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import AGED
from stancekit.actors.phrases import Phrase

Signs: TypeAlias = dict[str, float]
"""What speaks for or against an actor, or against all, by name."""

_KIN: Final = frozenset(
    "aunt brother cousin daughter father husband mother namesake nephew niece sister son uncle"
    " widow wife".split()
)
_STATES: Final = frozenset(("government", "country", "nation", "cabinet", "regime", "junta"))
_PARTS: Final = frozenset(
    "city council county district municipality province region shire state territory town"
    " village".split()
)
_PARTIAL: Final = frozenset(("state", "provincial", "regional", "municipal", "city", "town"))
_OWN: Final = frozenset(("own", "central", "federal", "national"))
_ANY: Final = frozenset(
    "agency authority body group movement organisation organization outfit regulator"
    " watchdog".split()
)
"""Nouns that may mean a body of any kind."""

_STATE_ARMS: Final = frozenset(("army", "military", "navy", "police"))
_NEAR: Final = ((0, "same"), (1, "one"), (3, "three"), (8, "eight"))


@dataclass(frozen=True, slots=True)
class Place:
    """What the text around a phrase says.

    Attributes
    ----------
    home
        The country that the article is about; empty for none.
    near
        The country spoken of last before the phrase in its sentence.
    before
        The only country named in the sentence before it.
    spot
        The town or province that the article names most; empty for none.
    owner
        Whose the phrase says that the actor is.
    """

    home: str = ""
    near: str = ""
    before: str = ""
    spot: str = ""
    owner: Figure | None = None

    def owns(self, figure: Figure) -> bool:
        """Whether whose the actor is said to be is the actor, or one known to belong to it."""
        owner = self.owner
        return owner is not None and (owner is figure or figure.name in owner.ties)


@cache
def weights() -> Mapping[str, float]:
    """Return the fitted weights, by sign; see ``python -m training pointers``."""
    folder = resources.files("stancekit.actors") / "data"
    return tomllib.loads((folder / "pointers.toml").read_text(encoding="utf-8"))


def score(signs: Signs) -> float:
    """Add up what the signs weigh."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in signs.items())


def nobody(phrase: Phrase, options: int) -> Signs:
    """Return what speaks for a phrase that means no actor.

    Parameters
    ----------
    phrase
        The phrase.
    options
        How many actors it may mean.
    """
    sort = phrase.noun.kind if phrase.noun.kind in ("person", "country", "members") else "body"
    signs = {
        "nobody": 1.0,
        f"nobody {sort}": 1.0,
        f"nobody {phrase.article or 'bare'}": 1.0,
        f"nobody {sort} {phrase.article or 'bare'}": 1.0,
        "nobody told": float(len(phrase.told)),
        "nobody options": math.log(options),
    }
    if phrase.goes_on:
        signs["nobody goes on"] = 1.0
    if phrase.noun.word in _KIN:
        signs["nobody kin"] = 1.0
    return signs


def fits(phrase: Phrase, figure: Figure, place: Place) -> str:
    """Return in what way an actor can be meant at all; empty for not."""
    kind = phrase.noun.kind
    if phrase.country and phrase.country not in (figure.country, figure.name):
        # Of many a body no text says where it is at home: "the Irish regulator".
        is_homeless = figure.kind in BODIES and not figure.country
        return _fits_body(phrase, figure, place) if is_homeless else ""
    if kind == "person":
        return _fits_person(phrase, figure)
    if kind == "country":
        return _fits_land(phrase, figure, place)
    if figure.kind in BODIES:
        return _fits_body(phrase, figure, place)
    return "called" if figure.kind == "place" and figure.is_called(phrase.noun.stem) else ""


def _fits_body(phrase: Phrase, figure: Figure, place: Place) -> str:
    kind, stem = phrase.noun.kind, phrase.noun.stem
    if stem in _STATE_ARMS and figure.kind == "armed_group":
        # "The army" fights the Liberation Army.
        return ""
    if phrase.noun.word == "bank" and "central" in phrase.words and figure.kind == "company":
        return ""
    if stem in figure.words:
        return "named"
    if figure.is_called(stem):
        return "called"
    if figure.stands_by(stem):
        return "stands"
    if kind == figure.kind:
        return "kind"
    if kind == "members":
        return "members" if place.owns(figure) else ""
    if phrase.noun.word in _ANY:
        return "akin"
    return _fits_untold(kind, figure)


def _fits_untold(kind: str, figure: Figure) -> str:
    """Let a body of whose kind its name says nothing be a company, a party or an armed group."""
    if figure.kind != "organisation" or any(
        word.capitalize() in lexicon().bodies for word in figure.words
    ):
        return ""
    ways = {"company": "untold", "party": "untold party", "armed_group": "untold arms"}
    return ways.get(kind, "")


def _fits_person(phrase: Phrase, figure: Figure) -> str:
    person, stem = figure.person, phrase.noun.stem
    if figure.kind != "person":
        return ""
    if person is not None and stem.endswith(AGED):
        return "called" if figure.is_called(stem) else ""
    if person is not None and not lexicon().former.isdisjoint(phrase.words[:-1]):
        # "The former president" is none who holds that office.
        holds = bool(person.office) and figure.is_called(stem)
        return "called" if stem in person.past else ("" if holds else "person")
    return "called" if figure.is_called(phrase.noun.stem) else "person"


def _fits_land(phrase: Phrase, figure: Figure, place: Place) -> str:
    if phrase.goes_on and not phrase.country:
        return ""
    if figure.kind == "country":
        is_state = phrase.noun.stem in _STATES and phrase.told <= _OWN and phrase.article != "our"
        return "land" if is_state and figure.name == (place.near or place.home) else ""
    if phrase.noun.stem in figure.words:
        return "named"
    if figure.is_called(phrase.noun.stem):
        return "called"
    is_part = phrase.noun.stem in _PARTS or not phrase.told.isdisjoint(_PARTIAL)
    return "place" if is_part and figure.name == place.spot else ""


def signs_of(
    phrase: Phrase, figure: Figure, how: str, place: Place, rivals: Sequence[tuple[Figure, str]]
) -> Signs:
    """Return what speaks for and against an actor.

    Parameters
    ----------
    phrase, figure
        The phrase, and an actor that it may mean.
    how
        In what way, see `fits`.
    place
        The countries around.
    rivals
        All actors that it may mean, and how, the last mentioned first.
    """
    return dict(_signs(phrase, figure, how, place, rivals))


def _signs(
    phrase: Phrase, figure: Figure, how: str, place: Place, rivals: Sequence[tuple[Figure, str]]
) -> Iterator[tuple[str, float]]:
    article = phrase.article or "bare"
    yield how, 1.0
    yield f"{how} {article}", 1.0
    told = phrase.told
    known = sum(word in figure.words or word in figure.called for word in told)
    yield "told", float(known)
    yield f"untold {how}", float(len(told) - known)
    away = _away(phrase, figure)
    yield f"away {away}", 1.0
    if away == "same":
        yield f"same {article}", 1.0
    yield "n", math.log1p(figure.n)
    yield from _rank(figure, how, rivals)
    if figure.opens == phrase.sentence - 1:
        yield "opens before", 1.0
    elif figure.opens == phrase.sentence:
        yield "opens here", 1.0
    yield from _land_signs(phrase, figure, place)
    if phrase.noun.word in figure.called:
        # "The premier" is rather a premier than a prime minister.
        yield "so called", 1.0
    if phrase.noun.word in figure.nouns:
        yield "so before", 1.0
    if place.owns(figure):
        yield ("own" if place.owner is figure else "tied"), 1.0
    if figure.person is not None:
        yield from _person_signs(phrase, figure)
        yield from _kin_signs(phrase, figure, rivals)


def _land_signs(phrase: Phrase, figure: Figure, place: Place) -> Iterator[tuple[str, float]]:
    land = figure.country
    if phrase.country:
        yield ("of land" if phrase.country == land else "of no land"), 1.0
    for name, country in (("home", place.home), ("near", place.near), ("before", place.before)):
        if land and land == country:
            yield f"{name} body", 1.0


def _kin_signs(
    phrase: Phrase, figure: Figure, rivals: Sequence[tuple[Figure, str]]
) -> Iterator[tuple[str, float]]:
    """Tell who can be a relation: of another's name, and not the one spoken of here."""
    if phrase.noun.word not in _KIN or figure.person is None:
        return
    family = figure.person.family
    others = (one.person for one, _ in rivals if one is not figure and one.person)
    if any(family & other.family for other in others):
        yield "kin", 1.0
    if figure.sentence == phrase.sentence:
        yield "kin here", 1.0


def _rank(
    figure: Figure, how: str, rivals: Sequence[tuple[Figure, str]]
) -> Iterator[tuple[str, float]]:
    """Compare an actor with the others, and with those meant in the same way."""
    alike = [one for one, way in rivals if way == how]
    if rivals[0][0] is figure:
        yield "last", 1.0
    if len(rivals) == 1:
        yield "only", 1.0
    if alike[0] is figure:
        yield f"last {how}", 1.0
    if len(alike) == 1:
        yield f"only {how}", 1.0


def _person_signs(phrase: Phrase, figure: Figure) -> Iterator[tuple[str, float]]:
    told = (phrase.noun.word in lexicon().female) - (phrase.noun.word in lexicon().male)
    person = figure.person
    if told and person is not None:
        yield "gender", max(-3.0, min(3.0, told * person.gender))
    if person is not None and person.office:
        yield "office", 1.0
    if figure.heads and not figure.is_called(phrase.noun.stem):
        yield "called otherwise", 1.0


def _away(phrase: Phrase, figure: Figure) -> str:
    if figure.last < 0:
        return "after"
    gap = phrase.sentence - figure.sentence
    return next((name for most, name in _NEAR if gap <= most), "far")
