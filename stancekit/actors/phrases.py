"""Phrases without a name that may mean an actor: "the minister", "her ministry", "the airline"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stancekit.actors.bodies import BODIES
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import Noun, noun_of
from stancekit.actors.people import Scene
from stancekit.records import Mention, Sentence

# Nothing after the article is consumed: "the judges said the council ..." holds two phrases.
_POINTER: Final = re.compile(
    r"\b(?:(?P<article>[Tt]h(?:e|is|at|eir)|[Hh]is|[Hh]er|[Ii]ts|[Oo]ur|[Mm]y)|['’]s)"
    r"(?=(?P<words>(?: (?:\d{1,3}-)?[a-z][a-z-]+){1,4}| PM\b))"
)
_BARE: Final = re.compile(r"(?<![\w'’-])(?=(?P<words>[a-z][a-z-]+(?: [a-z][a-z-]+)?))")
_FIRST: Final = re.compile(r"\W{0,2}(?P<words>[A-Z][a-z]+)(?= [a-z])")
_AFTER_NAME: Final = re.compile(r"(?P<words>(?: [a-z][a-z-]+){1,3})")
_THE: Final = re.compile(r"\b[Tt]he $")
_AFTER_LAND: Final = re.compile(r"(?:['’]s?)?(?P<words>(?: [a-z][a-z-]+){1,4})")
_OF: Final = re.compile(r" (?:of|for|at) (?:the )?(?=[A-Z])")
_MORE: Final = re.compile(r" (?:of|that|which|whose|who|in)\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that may point back; offsets in the article.

    Attributes
    ----------
    words
        In lower case; the last is the noun.
    noun
        What the noun says.
    article
        What stands before: ``"the"``, ``"this"``, ``"his"``, ``"its"``, ``"our"``, ``"'s"``,
        ``"land"`` for the name of a country, ``"name"`` for that of a place or body, or nothing.
    country
        The country named with it.
    goes_on
        Whether "of", "who" or the like follows.
    whole
        Where it starts with the adjective of its country; -1 if it has none.
    """

    start: int
    end: int
    sentence: int
    words: tuple[str, ...]
    noun: Noun
    article: str = ""
    country: str = ""
    goes_on: bool = False
    whole: int = -1

    @property
    def told(self) -> frozenset[str]:
        """The words before the noun that tell something."""
        return frozenset(self.words[:-1]) - lexicon().plain_adjectives


_ARTICLES: Final = {"that": "this", "her": "his", "their": "its", "my": "our"}


def find_phrases(
    named: Sequence[Mention], scene: Scene, stems: Collection[str]
) -> Iterator[Phrase]:
    """Find the phrases of an article, by sentence.

    Parameters
    ----------
    named
        The resolved mentions, in text order.
    scene
        The article.
    stems
        Words of its bodies' names, in the singular: their plurals may stand for the bodies.
    """
    names: dict[int, list[Mention]] = {}
    for mention in named:
        if mention.kind != "person":
            names.setdefault(mention.sentence, []).append(mention)
    for sentence in scene.sentences.values():
        if sentence.role != "boilerplate":
            found = _in_sentence(sentence, names.get(sentence.index, ()), scene, stems)
            yield from sorted(found, key=lambda one: (one.start, -one.end))


def _in_sentence(
    sentence: Sentence, names: Sequence[Mention], scene: Scene, stems: Collection[str]
) -> Iterator[Phrase]:
    for match in _POINTER.finditer(sentence.text):
        low = (match["article"] or "'s").lower()
        start = match.start() if match["article"] else match.start("words") + 1
        for phrase in _phrase(match, start, sentence, stems, _ARTICLES.get(low, low)):
            yield from _of_land(phrase, sentence, scene)
    for name in names:
        after = _after_land if name.kind == "country" else _after_name
        yield from after(name, sentence, stems)
    first = _FIRST.match(sentence.text)
    if first:
        yield from _phrase(first, first.start("words"), sentence, stems)
    if sentence.role == "headline":
        for match in _BARE.finditer(sentence.text):
            yield from _phrase(match, match.start("words"), sentence, stems)


def _after_land(land: Mention, sentence: Sentence, stems: Collection[str]) -> Iterator[Phrase]:
    """Find the phrase that a country's name begins: "Chile's navy", "the Chilean minister"."""
    start, end = land.start - sentence.start, land.end - sentence.start
    after = _AFTER_LAND.match(sentence.text, end)
    for phrase in _phrase(after, after.start("words") + 1, sentence, stems) if after else ():
        if land.why.startswith("demonym"):
            # "The Chilean navy" is one name; "Chile's navy" holds two.
            the = _THE.search(sentence.text, max(0, start - 5), start)
            first = the.start() if the else start
        else:
            first = phrase.start - sentence.start
        yield replace(phrase, article="land", country=land.name, whole=first + sentence.start)


def _after_name(name: Mention, sentence: Sentence, stems: Collection[str]) -> Iterator[Phrase]:
    """Find the phrase that a name only qualifies: "the Leeds brewer", "the Reef Union leader"."""
    start, end = name.start - sentence.start, name.end - sentence.start
    after = _AFTER_NAME.match(sentence.text, end)
    the = _THE.search(sentence.text, max(0, start - 5), start)
    if after is None or not (the or sentence.role == "headline"):
        return
    first = the.start() if the else start
    for phrase in _phrase(after, after.start("words") + 1, sentence, stems):
        is_body = name.kind == "place" and phrase.noun.kind in BODIES
        is_verb = phrase.noun.word in lexicon().deeds
        if is_body or (phrase.noun.kind == "person" and name.kind != "people" and not is_verb):
            words = (*name.text.lower().split(), *phrase.words)
            yield replace(phrase, start=first + sentence.start, words=words, article="name")


def _phrase(
    match: re.Match[str],
    start: int,
    sentence: Sentence,
    stems: Collection[str],
    article: str = "",
) -> Iterator[Phrase]:
    """Cut a phrase after its noun: the last of the first nouns that stand together."""
    words = match["words"].lower().split()
    last: Noun | None = None
    cut = 0
    for at, word in enumerate(words, start=1):
        noun = noun_of(word, stems)
        if noun is not None:
            last, cut = noun, at
        elif last is not None or word in lexicon().role_stops:
            break
    if last is None:
        return
    kept = tuple(words[:cut])
    end = match.start("words") + len(" ".join(kept)) + match["words"].startswith(" ")
    goes_on = _MORE.match(sentence.text, end) is not None
    at = sentence.start
    yield Phrase(start + at, end + at, sentence.index, kept, last, article, goes_on=goes_on)


def _of_land(phrase: Phrase, sentence: Sentence, scene: Scene) -> Iterator[Phrase]:
    """Give a phrase the country that follows with "of"; drop it where "of" tells another body."""
    match = _OF.match(sentence.text, phrase.end - sentence.start)
    if match is None:
        yield phrase
        return
    first = match.end() + sentence.start
    ends = range(first, first + 40)
    country = next((scene.countries[end] for end in ends if end in scene.countries), "")
    if country:
        yield replace(phrase, country=country)
