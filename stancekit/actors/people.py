"""Which person each mention means: full names introduce, the rest points back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stancekit.actors.cast import Cast, Person, family_names
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import stem_of
from stancekit.actors.roles import Role, role_after, role_before
from stancekit.actors.roster import Roster
from stancekit.actors.spelling import plain
from stancekit.records import Mention, Sentence

_PRONOUN = re.compile(r"\b(?:(she|her|herself)|he|his|him|himself)\b")
_SUBJECT = re.compile(r"[^\w\"“‘«„]*(?:(She|Her)|He|His)\b")
_OTHER = re.compile(r"\b(?:M(?:r|rs|s)\.? |[A-Z][\w'’-]+ [A-Z])")
"""Where somebody else may be named, whom the pronouns after mean."""

_AGE = re.compile(r"(?:, | \()(\d{1,3})(?=[,.;)])")
_NEAR = 160
_UNLIKE = 1.5


@dataclass(frozen=True)
class Scene:
    """What resolution looks at.

    Attributes
    ----------
    sentences
        The article's sentences by index.
    countries
        The country that a mention of a country ending at an offset names.
    roster, date
        Tell who holds which office.
    """

    sentences: Mapping[int, Sentence]
    countries: Mapping[int, str]
    roster: Roster
    date: str | None

    def sentence(self, mention: Mention) -> Sentence:
        """Return the sentence of a mention."""
        return self.sentences[mention.sentence]

    def role(self, mention: Mention) -> Role:
        """Return the role that stands before or after a name."""
        before = self._before(mention)
        if before.is_office:
            return before
        after = self._after(mention)
        return after if after.noun else before

    def gender(self, mention: Mention, role: Role) -> float:
        """Return what titles and pronouns tell: above 0 for a woman, below for a man."""
        told = 3.0 * told_gender(role)
        text, _, end = self._place(mention)
        near, *others = _OTHER.split(text[end:], maxsplit=1)
        after = self.sentences.get(mention.sentence + 1)
        if after is not None and not others:
            told += 2.0 * _pronoun(_SUBJECT.match(after.text))
        return told + _pronoun(_PRONOUN.search(near[:_NEAR]))

    def age(self, mention: Mention) -> str:
        """Return the age that stands after a name, in years; empty for none."""
        text, _, end = self._place(mention)
        told = _AGE.match(text, end)
        return told[1] if told else ""

    def country(self, mention: Mention) -> str:
        """Return the country in a person's title or apposition ("French president ...")."""
        text, start, end = self._place(mention)
        before = self._before(mention)
        offset = self.sentence(mention).start
        if before.noun:
            first = max(0, text.rfind(before.words, 0, start) - 3)
            return self._land(first + offset, start + offset)
        after = self._after(mention)
        last = text.find(after.words, end) + len(after.words)
        return self._land(end + offset, last + offset) if after.noun else ""

    def _land(self, start: int, end: int) -> str:
        """Return the first country named between two offsets."""
        return next(
            (self.countries[at] for at in range(start, end + 1) if at in self.countries), ""
        )

    def _before(self, mention: Mention) -> Role:
        text, start, _ = self._place(mention)
        return role_before(text[max(0, start - 80) : start])

    def _after(self, mention: Mention) -> Role:
        text, _, end = self._place(mention)
        return role_after(text[end : end + 120])

    def _place(self, mention: Mention) -> tuple[str, int, int]:
        sentence = self.sentence(mention)
        return sentence.text, mention.start - sentence.start, mention.end - sentence.start


def introduce(people: Sequence[Mention], scene: Scene) -> Cast:
    """Gather the people whom full names introduce.

    Parameters
    ----------
    people
        Mentions of people, in text order.
    scene
        The article.
    """
    cast = Cast()
    full = [m for m in people if len(_words(m)) > 1 or is_roster(m)]
    for mention in sorted(full, key=lambda m: (not is_roster(m), -len(_words(m)), m.start)):
        if cast.same(mention.name) is None:
            cast.add(_new(mention, scene))
    for mention in full:
        person = cast.same(mention.name)
        if person and len(_words(mention)) > 1:
            _learn(person, mention, scene)
    return cast


def resolve_people(people: Sequence[Mention], cast: Cast, scene: Scene) -> Iterator[Mention]:
    """Name each mention after its person, with country, office and the reason why.

    Parameters
    ----------
    people
        Mentions of people, in text order.
    cast
        Who was introduced; strangers named by a surname alone are added.
    scene
        The article.
    """
    couples = _couples(people, cast, scene)
    for mention in people:
        # Full names were introduced; only single words need their roles.
        role = scene.role(mention) if len(_words(mention)) == 1 else Role()
        person, why = _meant(mention, role, cast, scene, couples)
        if person is None:
            person, why = _stranger(mention, role, cast, scene)
        else:
            _learn_role(person, role, scene)
            person.gender += 2.0 * told_gender(role)
        known = (person.name, mention.kind, person.country, person.office)
        yield Mention(mention.start, mention.end, mention.text, mention.sentence, *known, why)


def is_roster(mention: Mention) -> bool:
    """Whether the roster knows the person by the mention's words."""
    return mention.why.startswith(("known by name", "abbreviation of"))


def told_gender(role: Role) -> int:
    """Return 1 for a woman's title, -1 for a man's, 0 for any other."""
    return (role.noun in lexicon().female) - (role.noun in lexicon().male)


def _pronoun(match: re.Match[str] | None) -> int:
    return 0 if match is None else (1 if match[1] else -1)


def _words(mention: Mention) -> list[str]:
    """Return the words of a mention, without small words before a surname alone."""
    words = plain(mention.text).split()
    return words[-1:] if words[:-1] and all(word.islower() for word in words[:-1]) else words


def _new(mention: Mention, scene: Scene) -> Person:
    words = tuple(plain(mention.name).split())
    office = scene.roster.office(mention.name, scene.date)
    # Many languages' given names of women end in "a": the weakest of signs.
    gender = 0.5 if words[0].endswith("a") else 0.0
    family = family_names(words)
    past = {stem_of(noun) for title in scene.roster.past(mention.name, scene.date)
            for noun in title.lower().split() if noun in lexicon().offices}  # fmt: skip
    return Person(mention.name, words, family, office, mention.country, gender=gender, past=past)


def _learn(person: Person, mention: Mention, scene: Scene) -> None:
    role = scene.role(mention)
    _learn_role(person, role, scene)
    person.country = person.country or scene.country(mention)
    person.gender += scene.gender(mention, role)
    person.n_full += 1
    person.age = person.age or scene.age(mention)
    person.first = mention.start if person.first is None else person.first
    person.paragraphs.add(scene.sentence(mention).paragraph)


def _learn_role(person: Person, role: Role, scene: Scene) -> None:
    if role.noun:
        person.roles.append(role)
    if role.noun in lexicon().offices and not role.is_office:
        person.past.add(stem_of(role.noun))
    if role.is_office and not person.office and not scene.roster.offices.get(person.name):
        person.office = role.words


def _couples(people: Sequence[Mention], cast: Cast, scene: Scene) -> frozenset[str]:
    """Return the surnames that stand with a man's title and with a woman's."""
    told: dict[str, set[int]] = {}
    for mention in people:
        words = _words(mention)
        if len(words) == 1 and len(cast.called(words[0])) > 1:
            told.setdefault(words[0], set()).add(told_gender(scene.role(mention)))
    return frozenset(word for word, genders in told.items() if {1, -1} <= genders)


def _meant(
    mention: Mention, role: Role, cast: Cast, scene: Scene, couples: Collection[str]
) -> tuple[Person | None, str]:
    """Return the person whom a mention means, and why."""
    words = _words(mention)
    if len(words) > 1:
        return cast.same(mention.name), mention.why if is_roster(mention) else "full name"
    rivals = cast.called(words[0])
    if is_roster(mention) and mention.name in cast.by_name and len(rivals) < 2:
        return cast.by_name[mention.name], mention.why
    if not rivals:
        return None, ""
    unlike = 0.0 if words[0] in couples else _UNLIKE
    fitting = _of_gender(rivals, told_gender(role), unlike)
    ranked = sorted(fitting, key=lambda p: _salience(p, mention, role, scene), reverse=True)
    best = ranked[0]
    kind = "surname" if best.bears(words[0]) else "given name"
    why = f"{'title and ' if role.noun else ''}{kind} of {best.name}"
    return best, why + (f", rather than {ranked[1].name}" if len(ranked) > 1 else "")


def _of_gender(rivals: Sequence[Person], told: int, unlike: float) -> Sequence[Person]:
    """Leave out whoever is by so much less of the gender that a title tells than another."""
    most = max(told * person.gender for person in rivals)
    return [person for person in rivals if told * person.gender >= most - unlike]


def _salience(person: Person, mention: Mention, role: Role, scene: Scene) -> tuple[float, int]:
    """Weigh a person as the one meant by a single word; ties go to the first introduced."""
    score = 4.0 * person.bears(_words(mention)[0])
    gender = told_gender(role)
    if role.noun and not gender:
        is_odd = bool(person.office) and not role.is_office
        score += 5.0 if person.is_called(role.noun) else (-4.0 if is_odd else -1.0)
    score += 2.0 * bool(person.office)
    score += 0.4 * min(person.n_full, 4)
    score += 2.0 * (person.first is not None and person.first <= mention.start)
    score += 0.5 * (scene.sentence(mention).paragraph in person.paragraphs)
    return score, -(mention.start if person.first is None else person.first)


def _stranger(mention: Mention, role: Role, cast: Cast, scene: Scene) -> tuple[Person, str]:
    """Introduce someone by a surname alone: from the roster by title, else as named."""
    name, why = mention.name, mention.why
    if role.is_office:
        for actor in scene.roster.families.get(_words(mention)[-1], ()):
            if role.noun in scene.roster.office(actor, scene.date).lower().split():
                name, why = actor, f"title and surname of {actor}"
                break
    person = cast.by_name.get(name)
    if person is None:
        person = _new(replace(mention, name=name), scene)
        cast.add(person)
    _learn_role(person, role, scene)
    return person, why
