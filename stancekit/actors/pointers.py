"""Role phrases that point back: "the minister", "her ministry", "the Japanese prime minister"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stancekit.actors.bodies import BODIES
from stancekit.actors.cast import Cast, Person
from stancekit.actors.lexicon import lexicon
from stancekit.actors.people import Scene
from stancekit.records import Mention, Sentence

# Nothing after the article is consumed: "the judges said the council ..." holds two phrases.
_POINTER = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur)(?=((?: [a-z][a-z-]+){1,4}))"
)
_AFTER_LAND = re.compile(r"(?:['’]s?)?((?: [a-z][a-z-]+){1,4})")
_OF = re.compile(r" (?:of|for|at) (?:the )?(?=[A-Z])")
_STATE_BODIES = frozenset(
    ("ministry", "army", "military", "navy", "parliament", "police", "government-run")
)
_BANKS = re.compile(r"\b(?:banco|banca|banque|banka)\b")
_SAME = {"justice": "judge", "magistrate": "judge", "premier": "minister"}
_SAME |= dict.fromkeys(("chairman", "chairwoman", "chairperson"), "chair")
_SAME |= dict.fromkeys(("spokesman", "spokeswoman"), "spokesperson")
_NEAR = 6
"""How many sentences back a phrase still points to the nearest of several."""


@dataclass(frozen=True)
class _Phrase:
    """Words that may point back: ``words`` ends in the noun; offsets in the article."""

    start: int
    end: int
    sentence: int
    words: tuple[str, ...]
    country: str = ""


def resolve_phrases(named: Sequence[Mention], cast: Cast, scene: Scene) -> Iterator[Mention]:
    """Find role phrases and name each after the actor it points back to.

    Parameters
    ----------
    named
        The resolved mentions, in text order.
    cast
        The people of the article.
    scene
        The article.

    Yields
    ------
    Mention
        None overlaps a named one; a phrase that points to nobody is left out.
    """
    starts = [mention.start for mention in named]
    actors = _Actors(named, cast)
    for phrase in _phrases(named, scene):
        at = bisect_left(starts, phrase.start)
        if _is_apposed(phrase, named[max(0, at - 1) : at + 1], scene):
            continue
        mention = _nearest(phrase, actors.rivals(phrase), scene) or _holder(phrase, scene)
        if mention:
            yield mention


class _Actors:
    """The article's actors, each with its mentions in text order."""

    def __init__(self, named: Sequence[Mention], cast: Cast) -> None:
        self.mentions: dict[str, list[Mention]] = {}
        for mention in named:
            if mention.kind == "person" or mention.kind in BODIES:
                self.mentions.setdefault(mention.name, []).append(mention)
        self.people = [person for person in cast if person.name in self.mentions]
        self.bodies = [group[0] for group in self.mentions.values() if group[0].kind in BODIES]
        self._seen: dict[tuple[tuple[str, ...], str], list[list[Mention]]] = {}

    def rivals(self, phrase: _Phrase) -> list[list[Mention]]:
        """Return the mentions of each actor that a phrase may mean."""
        key = (phrase.words, phrase.country)
        if key not in self._seen:
            noun = phrase.words[-1]
            if noun in lexicon().offices or noun in lexicon().callings:
                names = [person.name for person in self.people if _is_called(phrase, person)]
            else:
                names = [mention.name for mention in _bodies(phrase, self.bodies)]
            self._seen[key] = [self.mentions[name] for name in names]
        return self._seen[key]


def _phrases(named: Sequence[Mention], scene: Scene) -> Iterator[_Phrase]:
    for sentence in scene.sentences.values():
        if sentence.role != "boilerplate":
            for match in _POINTER.finditer(sentence.text):
                for phrase in _phrase(match, match.start(), sentence):
                    yield from _of_land(phrase, sentence, scene)
    for land in named:
        if land.kind != "country":
            continue
        sentence = scene.sentence(land)
        after = _AFTER_LAND.match(sentence.text, land.end - sentence.start)
        if after:
            yield from _phrase(after, after.start(1) + 1, sentence, land.name)


def _phrase(
    match: re.Match[str], start: int, sentence: Sentence, country: str = ""
) -> Iterator[_Phrase]:
    """Cut a phrase after its noun: the last of the first nouns that stand together."""
    words = match[1].split()
    nouns = [index for index, word in enumerate(words) if _is_noun(word)]
    if not nouns or not lexicon().role_stops.isdisjoint(words[: nouns[0]]):
        return
    last = nouns[0]
    while last + 1 in nouns:
        last += 1
    kept = tuple(words[: last + 1])
    end = match.start(1) + sum(len(word) + 1 for word in kept)
    offset = sentence.start
    yield _Phrase(start + offset, end + offset, sentence.index, kept, country)


def _of_land(phrase: _Phrase, sentence: Sentence, scene: Scene) -> Iterator[_Phrase]:
    """Give a phrase the country that follows with "of"; drop it where "of" tells another body."""
    match = _OF.match(sentence.text, phrase.end - sentence.start)
    if match is None:
        yield phrase
    else:
        first = match.end() + sentence.start
        ends = range(first, first + 40)
        country = next((scene.countries[end] for end in ends if end in scene.countries), "")
        if country:
            yield replace(phrase, country=country)


def _is_noun(word: str) -> bool:
    words = lexicon()
    return (
        word in words.offices
        or word in words.callings
        or word in words.nouns
        or word.capitalize() in words.bodies
    )


def _is_called(phrase: _Phrase, person: Person) -> bool:
    """Whether a person is called what the phrase says, in words and by country."""
    noun, told = phrase.words[-1], set(phrase.words[:-1]) - lexicon().plain_adjectives
    if phrase.country and person.country != phrase.country:
        return False
    same = _SAME.get(noun, noun)
    calls = [role.words.lower() for role in person.roles if _SAME.get(role.noun, role.noun) == same]
    if noun in person.office.lower().split():
        calls.append(person.office.lower())
    return any(told <= set(call.replace(",", "").split()) for call in calls)


def _bodies(phrase: _Phrase, bodies: Sequence[Mention]) -> list[Mention]:
    """Return the bodies that bear the phrase's noun in their names, or are of its kind."""
    noun, told = phrase.words[-1], set(phrase.words[:-1]) - lexicon().plain_adjectives
    bodies = [m for m in bodies if phrase.country in ("", m.country)]
    if noun == "bank" and "central" in phrase.words:
        bodies = [m for m in bodies if m.kind == "institution"]
    by_name = [
        m for m in bodies if {noun, *told} <= set(_BANKS.sub("bank", m.name.lower()).split())
    ]
    kind = lexicon().nouns.get(noun)
    if by_name or told or kind not in ("company", "party", "armed_group"):
        return by_name
    of_kind = [m for m in bodies if m.kind == kind]
    return of_kind or [m for m in bodies if kind == "company" and _may_be_any(m)]


def _may_be_any(mention: Mention) -> bool:
    """Whether no word of a body's name tells what kind of body it is."""
    is_told = any(word in lexicon().bodies for word in mention.name.split())
    return mention.kind == "organisation" and not is_told


def _is_apposed(phrase: _Phrase, beside: Sequence[Mention], scene: Scene) -> bool:
    """Whether a phrase overlaps a mention or only describes the one right beside it."""
    sentence = scene.sentences[phrase.sentence]
    acts = sentence.text[phrase.end - sentence.start :][:24].split()[:1]
    is_subject = bool(acts) and acts[0].strip(",.") in lexicon().deeds
    for mention in beside:
        if mention.start < phrase.end and phrase.start < mention.end:
            return True
        first, last = sorted(((phrase.start, phrase.end), (mention.start, mention.end)))
        between = sentence.text[first[1] - sentence.start : last[0] - sentence.start]
        # "After talks at the WTO, the ministry said ..." tells nothing of the WTO.
        is_near = between == " " or (between == ", " and not is_subject)
        if is_near and mention.kind not in ("country", "place"):
            return True
    return False


def _nearest(phrase: _Phrase, rivals: Sequence[list[Mention]], scene: Scene) -> Mention | None:
    """Point to the only rival, or to the one named last before the phrase."""
    if not rivals:
        return None
    last = [_last_before(phrase, group) for group in rivals]
    meant = max(last, key=lambda mention: (mention.start < phrase.start, mention.start))
    is_near = meant.start < phrase.start and phrase.sentence - meant.sentence <= _NEAR
    if len(rivals) > 1 and not is_near:
        return None
    other = next((group[0].name for group in rivals if group[0].name != meant.name), "")
    why = f"role of {meant.name}" + (f", rather than {other}" if other else "")
    return _said(phrase, meant, why, scene)


def _last_before(phrase: _Phrase, group: Sequence[Mention]) -> Mention:
    at = bisect_left(group, phrase.start, key=lambda mention: mention.start)
    return group[max(0, at - 1)]


def _holder(phrase: _Phrase, scene: Scene) -> Mention | None:
    """Take the roster's holder of an office of a country named with it."""
    if not phrase.country:
        return None
    title = f"{' '.join(phrase.words)} of {phrase.country}".lower()
    for name in scene.roster.holders.get(title, ()):
        office = scene.roster.office(name, scene.date)
        if office.replace(" of the ", " of ").lower() == title:
            meant = Mention(0, 1, "", 0, name, "person", phrase.country, office)
            return _said(phrase, meant, f"holds the office: {office}", scene)
    if phrase.words[-1] in _STATE_BODIES:
        name = f"{' '.join(phrase.words).capitalize()} of {phrase.country}"
        meant = Mention(0, 1, "", 0, name, "institution", phrase.country)
        return _said(phrase, meant, f"a body of {phrase.country}", scene)
    return None


def _said(phrase: _Phrase, meant: Mention, why: str, scene: Scene) -> Mention:
    sentence = scene.sentences[phrase.sentence]
    text = sentence.text[phrase.start - sentence.start : phrase.end - sentence.start]
    return replace(
        meant, start=phrase.start, end=phrase.end, text=text, sentence=phrase.sentence, why=why
    )
