"""The people of an article, found again by any part of their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from stancekit.actors.lexicon import lexicon
from stancekit.actors.roles import Role
from stancekit.actors.spelling import bare, plain
from stancekit.actors.tokens import SUFFIXES


@dataclass
class Person:
    """Someone whom the article names.

    Attributes
    ----------
    name, words, family
        The full name, its words in plain spelling, and those that alone may stand for it.
    office, country
        From the roster by date, or else from the text.
    past
        Nouns of the offices that the person held before, in the singular.
    age
        In years, as the text tells; empty for unknown.
    gender
        Above 0 for a woman, below for a man, by titles and pronouns beside the full name.
    roles
        What the text calls the person.
    n_full, first, paragraphs
        How often the full name stands, where first, and in which paragraphs.
    """

    name: str
    words: tuple[str, ...]
    family: frozenset[str]
    office: str = ""
    country: str = ""
    past: set[str] = field(default_factory=set)
    age: str = ""
    gender: float = 0.0
    roles: list[Role] = field(default_factory=list)
    n_full: int = 0
    first: int | None = None
    paragraphs: set[int] = field(default_factory=set)

    def bears(self, word: str) -> bool:
        """Whether a word alone may be the person's family name."""
        return word in self.family or bare(word) in map(bare, self.family)

    def is_called(self, noun: str) -> bool:
        """Whether a role's noun is one of the person's."""
        return any(role.noun == noun for role in self.roles) or noun in self.office.lower().split()


class Cast:
    """People by name, by other forms of the full name, and by single words of it."""

    def __init__(self) -> None:
        self.by_name: dict[str, Person] = {}
        self._by_form: dict[str, Person] = {}
        self._by_word: dict[str, list[Person]] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self.by_name.values())

    def add(self, person: Person) -> None:
        """Take someone in; forms of the name that another bears stay with the other."""
        self.by_name[person.name] = person
        for form in chain(_forms(person.words), _tails(person.words)):
            self._by_form.setdefault(form, person)
        for word in dict.fromkeys(map(bare, person.words)):
            self._by_word.setdefault(word, []).append(person)

    def same(self, name: str) -> Person | None:
        """Find whom another form of the same full name introduced."""
        if name in self.by_name:
            return self.by_name[name]
        forms = _forms(tuple(plain(name).split()))
        return next((self._by_form[form] for form in forms if form in self._by_form), None)

    def called(self, word: str) -> Sequence[Person]:
        """Return those whose names have a word."""
        return self._by_word.get(bare(word), ())


def family_names(words: Sequence[str]) -> frozenset[str]:
    """Return the words of a full name that alone may stand for the person.

    Examples
    --------
    >>> family_names(["Lee", "Chang-min"])
    frozenset({'Lee'})
    """
    kept = _bare(words) or tuple(words)
    families = lexicon().families
    family = {kept[-1], *kept[-1].split("-")[-1:]}
    if kept[0] in families and len(kept) > 1:
        is_eastern = "-" in kept[1] or len(kept) == 3 or kept[-1] not in families
        family = {kept[0]} if is_eastern else {kept[0], kept[-1]}
    return frozenset(family)


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in SUFFIXES and not word.endswith("."))


def _forms(words: Sequence[str]) -> Iterator[str]:
    """Yield keys that two forms of one full name share."""
    kept = _bare(words)
    yield "".join(kept).replace("-", "").lower()
    if len(kept) > 1:
        yield f"{kept[0]} ... {kept[-1]}"


def _tails(words: Sequence[str]) -> Iterator[str]:
    """Yield keys of the double surnames that may stand for a full name."""
    kept = _bare(words)
    for start in range(1, len(kept) - 1):
        yield "".join(kept[start:]).replace("-", "").lower()
