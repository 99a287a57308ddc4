"""Phrases that point back: "the minister", "her ministry", "the Japanese prime minister"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Final, TypeAlias

from stancekit.actors.bodies import BODIES
from stancekit.actors.cast import Cast
from stancekit.actors.figures import Figure, figures_of, homes
from stancekit.actors.founding import found, holder_of, unnamed
from stancekit.actors.lands import LOOKS, lands_near
from stancekit.actors.lexicon import lexicon
from stancekit.actors.people import Scene
from stancekit.actors.phrases import Phrase, find_phrases
from stancekit.actors.ties import is_tied
from stancekit.actors.weigh import Place, Signs, fits, nobody, score, signs_of
from stancekit.records import Mention, Sentence

_LOOKS: Final = 60
"""Actors that a phrase is held against: those mentioned last."""

_AHEAD: Final = 12
"""Actors that a phrase before their first mention is held against: those named first."""

_ACTS: Final = frozenset(("'s", "’s", "'", "’"))
_CLEAR: Final = frozenset(("named", "called", "land", "place"))
"""Ways to mean an actor that leave no room for an unnamed body of state."""

_STATELY: Final = frozenset(("institution", "person"))
"""Kinds of actors of whose phrases the adjective of a country is part."""

_LAND: Final = re.compile(r"(, |^ )(?:the )?[A-Z][\w.-]*(?: [A-Z][\w.-]*)*(?:['’]s?)? ")
_MIN_NAMED: Final = 2
_MIN_SHARE: Final = 0.4


@dataclass(frozen=True)
class Choice:
    """A phrase and what it may mean.

    Attributes
    ----------
    phrase
        The phrase.
    options
        Actors, with what speaks for each.
    none
        What speaks for none of them.
    place
        What the text around the phrase says.
    """

    phrase: Phrase
    options: Sequence[tuple[Figure, Signs]]
    none: Signs
    place: Place

    @cached_property
    def ranked(self) -> Sequence[tuple[float, Figure]]:
        """The actors with their scores, the likeliest first."""
        scored = [(score(signs), figure) for figure, signs in self.options]
        return sorted(scored, key=itemgetter(0), reverse=True)


Decide: TypeAlias = Callable[[Choice], "Figure | None"]


def resolve_phrases(
    named: Sequence[Mention], cast: Cast, scene: Scene, decide: Decide | None = None
) -> Iterator[Mention]:
    """Find phrases without a name and name each after the actor that it means.

    Parameters
    ----------
    named
        The resolved mentions, in text order.
    cast
        The people of the article.
    scene
        The article.
    decide
        Chooses whom a phrase means; by default the likeliest by the fitted weights.

    Yields
    ------
    Mention
        In text order. One that a name qualifies ("the Leeds brewer") holds the mention of
        that name; no other overlaps. A phrase that means nobody is left out.
    """
    pointers = _Pointers(named, cast, scene)
    done = 0
    for phrase in pointers.phrases:
        if phrase.start < done or pointers.is_apposed(phrase):
            continue
        pointers.advance(phrase.start)
        choice = pointers.choice(phrase)
        meant = (decide or likeliest)(choice) if choice.options else None
        mention = pointers.said(choice, meant) if meant else pointers.introduced(choice)
        if meant and not phrase.country:
            # "The Chilean president" tells nothing of whom "the president" means.
            meant.nouns.add(phrase.noun.word)
        if mention:
            pointers.mentioned(mention)
            done = mention.end
            yield mention


def likeliest(choice: Choice) -> Figure | None:
    """Return the actor that most speaks for, or None if more speaks for none."""
    lands = (one for one, signs in choice.options if "land" in signs)
    if land := next(lands, None):
        # "The government": that of its sentence, or of the article; weights chose no better.
        return land
    most, best = choice.ranked[0]
    return best if most > score(choice.none) else None


class _Pointers:
    """An article read up to a phrase."""

    def __init__(self, named: Sequence[Mention], cast: Cast, scene: Scene) -> None:
        self.named, self.scene = named, scene
        self.starts = [mention.start for mention in named]
        self.figures = figures_of(named, cast, scene)
        bodies = (one for one in self.figures.values() if one.kind != "person")
        self.stems = {word for one in bodies for word in one.words}
        self.phrases = list(find_phrases(named, scene, self.stems))
        self.ahead = list(islice(self.figures.values(), _AHEAD))
        self.recent: dict[str, Figure] = {}
        self.latest: Mention | None = None
        self.sentence = -1
        self.at = 0
        counts = homes(self.figures, scene)
        (name, n), *_ = counts.most_common(1) or [("", 0)]
        places = [one for one in self.figures.values() if _is_place(one, scene)]
        spot = max(places, key=lambda one: one.n, default=None)
        self.spot = spot.name if spot and spot.n >= _MIN_NAMED else ""
        self.home = name if n >= max(_MIN_NAMED, _MIN_SHARE * counts.total()) else ""

    def advance(self, until: int) -> None:
        """Read the mentions before an offset."""
        while self.at < len(self.named) and self.named[self.at].start < until:
            self.mentioned(self.named[self.at])
            self.at += 1

    def mentioned(self, mention: Mention) -> None:
        """Make an actor the last mentioned."""
        figure = self.figures.get(mention.name)
        self._tie(mention, figure)
        self.latest = mention
        if figure is not None:
            if mention.sentence != self.sentence:
                figure.opens = self.sentence = mention.sentence
            figure.last, figure.sentence = mention.end, mention.sentence
            self.recent.pop(mention.name, None)
            self.recent[mention.name] = figure

    def _tie(self, mention: Mention, figure: Figure | None) -> None:
        """Note that a person and a body named in a row belong together."""
        latest = self.latest
        other = self.figures.get(latest.name) if latest else None
        if latest is None or figure is None or other is None or latest.sentence != mention.sentence:
            return
        if is_tied(latest, mention, self.scene.sentences[mention.sentence]):
            figure.ties.add(other.name)
            other.ties.add(figure.name)

    def _owner(self, phrase: Phrase) -> Figure | None:
        """Return whose the actor is said to be: "Falk's party", "his party", "its leader"."""
        if phrase.article == "'s":
            latest = self.latest
            is_right = latest is not None and 0 < phrase.start - latest.end <= len("'s ")
            return self.figures.get(latest.name) if latest and is_right else None
        wants = {"his": ("person",), "its": BODIES}.get(phrase.article, ())
        return next((one for one in reversed(self.recent.values()) if one.kind in wants), None)

    def choice(self, phrase: Phrase) -> Choice:
        """Gather whom a phrase may mean."""
        place = self._place(phrase)
        seen = list(islice(reversed(self.recent.values()), _LOOKS))
        seen += [figure for figure in self.ahead if figure.last < 0]
        fitting = [(one, how) for one in seen if (how := fits(phrase, one, place))]
        options = [(one, signs_of(phrase, one, how, place, fitting)) for one, how in fitting]
        return Choice(phrase, options, nobody(phrase, len(options)) if options else {}, place)

    def _place(self, phrase: Phrase) -> Place:
        near, prior = lands_near(self.named[max(0, self.at - LOOKS) : self.at], phrase.sentence)
        owner = self._owner(phrase)
        if owner is not None and owner.person is not None:
            # "Her government" is that of her country, whatever else the sentence names.
            near = owner.country or near
        return Place(self.home, near, prior, self.spot, owner)

    def introduced(self, choice: Choice) -> Mention | None:
        """Take whom a phrase brings into the article: the holder of an office, a body of state."""
        phrase = choice.phrase
        holder = holder_of(phrase, self.scene)
        if holder is not None:
            return _mention(phrase, holder, holder.why, self.scene)
        person = unnamed(phrase, self.figures.values(), self.scene)
        if person is None:
            return self._founded(choice)
        mention = _mention(phrase, person.first, person.first.why, self.scene)
        self.figures.setdefault(person.name, person)
        return mention

    def _founded(self, choice: Choice) -> Mention | None:
        """Take a body of state that the article names nowhere: "the transport ministry"."""
        phrase = choice.phrase
        if any(not _CLEAR.isdisjoint(signs) for _, signs in choice.options):
            return None
        body = found(phrase, choice.place, self.figures, self.stems)
        if body is None:
            return None
        mention = _mention(phrase, body, body.why, self.scene)
        words = frozenset(phrase.words)
        self.stems |= words
        self.figures.setdefault(body.name, Figure(mention, words=words, heads={phrase.noun.stem}))
        return mention

    def is_apposed(self, phrase: Phrase) -> bool:
        """Whether a phrase overlaps a mention or only describes the one right beside it."""
        at = bisect_left(self.starts, phrase.start)
        sentence = self.scene.sentences[phrase.sentence]
        near = self.named[max(0, at - 2) : at + 2]
        for mention in (one for one in near if one.sentence == phrase.sentence):
            if mention.start < phrase.end and phrase.start < mention.end:
                if phrase.article != "name" or mention.end >= phrase.end:
                    return True
            elif _describes(phrase, mention, sentence):
                return True
        return False

    def said(self, choice: Choice, meant: Figure) -> Mention:
        """Make a mention of a phrase."""
        if meant.kind == "country":
            why = f"the article is about {meant.name}"
        else:
            other = next((one.name for _, one in choice.ranked if one is not meant), "")
            why = f"role of {meant.name}" + (f", rather than {other}" if other else "")
        phrase = choice.phrase
        if phrase.whole >= 0 and meant.kind in _STATELY and phrase.noun.kind != "members":
            phrase = replace(phrase, start=phrase.whole)
        return _mention(phrase, meant.first, why, self.scene)


def _is_place(figure: Figure, scene: Scene) -> bool:
    """Whether an actor is a place, by its kind or by the roster."""
    if figure.kind == "organisation":
        return any(alias.kind == "place" for alias in scene.roster.lookup(figure.name))
    return figure.kind == "place"


def _describes(phrase: Phrase, mention: Mention, sentence: Sentence) -> bool:
    """Whether a phrase only describes a name that stands right beside it."""
    first, last = sorted(((phrase.start, phrase.end), (mention.start, mention.end)))
    between = sentence.text[first[1] - sentence.start : last[0] - sentence.start]
    if phrase.article == "land" and mention.kind == "person" and mention.end <= phrase.start:
        # "Ida Falk, the Chilean minister": the country belongs to the phrase.
        between = _LAND.sub(r"\1", between)
    if between not in (" ", ", ") or mention.kind in ("country", "place"):
        return False
    # "A spokesman for the rebels, Ato Benn, said ...": he is no apposition to them.
    is_person = mention.kind == "person" and phrase.noun.kind != "person"
    if is_person and phrase.start < mention.start:
        return False
    # "After talks at the WTO, the ministry said ..." tells nothing of the WTO.
    return between == " " or not _acts(phrase, sentence)


def _acts(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a verb or a genitive follows a phrase."""
    end = phrase.end - sentence.start
    after = sentence.text[end : end + 24].split()[:1]
    word = after[0].strip(",.") if after else ""
    return word in _ACTS or word in lexicon().deeds


def _mention(phrase: Phrase, meant: Mention, why: str, scene: Scene) -> Mention:
    sentence = scene.sentences[phrase.sentence]
    text = sentence.text[phrase.start - sentence.start : phrase.end - sentence.start]
    known = (meant.name, meant.kind, meant.country, meant.office)
    return Mention(phrase.start, phrase.end, text, phrase.sentence, *known, why)
