"""The roster: who the world's actors are, and by which names the news calls them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

import ahocorasick

from stancekit.actors.entries import COLUMNS, Alias, Match, Office, read_entries
from stancekit.actors.spelling import plain
from stancekit.errors import InputError

_SHARED = 3
"""Countries whose ministers the roster must know before every country has one of that title."""


class Roster:
    """An alias book: names, abbreviations, demonyms, capitals and office holders.

    Parameters
    ----------
    aliases
        Every name of every actor.
    offices
        The offices that actors held, by the actor's name.

    Examples
    --------
    >>> roster = Roster([Alias("Seoul", "South Korea", "country", relation="capital")])
    >>> [match.aliases[0].actor for match in roster.matches("Seoul and Tokyo agreed")]
    ['South Korea']
    """

    def __init__(
        self, aliases: Iterable[Alias], offices: Mapping[str, tuple[Office, ...]] | None = None
    ) -> None:
        self.aliases = tuple(aliases)
        self.offices = dict(offices or {})

    @classmethod
    def bundled(cls) -> Roster:
        """Return the roster that comes with stancekit, read once."""
        return _bundled()

    @classmethod
    def from_csv(cls, path: str | Path) -> Roster:
        """Read a roster from a CSV file.

        Parameters
        ----------
        path
            A table with the columns ``alias, actor, kind`` and any of the others in
            `stancekit.actors.entries.COLUMNS`. A row with an office also names an alias.

        Raises
        ------
        InputError
            If the file cannot be read.
        TableError
            If columns are missing or cells are bad; it lists every bad row.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"{path}: expected a readable roster in UTF-8 with the columns "
                f"{', '.join(COLUMNS[:3])}; found {error}"
            ) from error
        return cls(*read_entries(text, str(path)))

    def __add__(self, other: Roster) -> Roster:
        """Join two rosters; where both know an alias, the higher priority wins."""
        offices = {
            actor: (*self.offices.get(actor, ()), *other.offices.get(actor, ()))
            for actor in (*self.offices, *other.offices)
        }
        return Roster(dict.fromkeys((*self.aliases, *other.aliases)), offices)

    def __len__(self) -> int:
        return len(self.aliases)

    def lookup(self, alias: str) -> tuple[Alias, ...]:
        """Return what an alias can mean, the most likely first.

        Examples
        --------
        >>> [entry.actor for entry in Roster.bundled().lookup("Georgia")]
        ['Georgia', 'Georgia (US state)']
        """
        return self._by_alias.get(plain(alias), ())

    def office(self, actor: str, date: str | None = None) -> str:
        """Return the office that an actor held on a date (None: holds now), or ``""``."""
        held = [office for office in self.offices.get(actor, ()) if office.held_on(date)]
        return max(held, key=lambda office: office.start).title if held else ""

    def past(self, actor: str, date: str | None = None) -> list[str]:
        """Return the offices that an actor no longer held on a date (None: now)."""
        held = (one for one in self.offices.get(actor, ()) if one.end and not one.held_on(date))
        return [one.title for one in held if date is None or one.end <= date]

    def matches(self, text: str) -> list[Match]:
        """Find the aliases in a text in plain spelling (see `stancekit.actors.spelling`).

        On word boundaries, case-sensitive but for names in capitals; the longest match
        wins and none overlap. One pass, linear in the length of the text.
        """
        found: list[tuple[int, int, str]] = []
        for last, key in self._automaton.iter(text):
            start, end = last + 1 - len(key), last + 1
            if _parted(text, start) and _parted(text, end):
                found.append((start, -end, key))
        matches: list[Match] = []
        done = 0
        for start, end, key in sorted(found):
            if start >= done:
                matches.append(Match(start, -end, self._by_key[key]))
                done = -end
        return matches

    @cached_property
    def _by_alias(self) -> dict[str, tuple[Alias, ...]]:
        by_alias: dict[str, list[Alias]] = {}
        for entry in self.aliases:
            by_alias.setdefault(plain(entry.alias), []).append(entry)
        return {
            alias: tuple(sorted(entries, key=lambda e: -e.priority))
            for alias, entries in by_alias.items()
        }

    @cached_property
    def _by_key(self) -> dict[str, tuple[Alias, ...]]:
        keys = dict(self._by_alias)
        for alias, entries in self._by_alias.items():
            if len(alias) > 3:
                keys.setdefault(alias.upper(), entries)
        return keys

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for key in self._by_key:
            automaton.add_word(key, key)
        automaton.make_automaton()
        return automaton

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """Who ever held an office, by its title in lower case, without "the"."""
        holders: dict[str, dict[str, None]] = {}
        for actor, terms in self.offices.items():
            for term in terms:
                title = term.title.replace(" of the ", " of ").lower()
                holders.setdefault(title, {})[actor] = None
        return {title: tuple(actors) for title, actors in holders.items()}

    @cached_property
    def shared_offices(self) -> frozenset[str]:
        """The titles, in lower case, that ministers of several countries bear in the roster."""
        titles = (title.rpartition(" of ")[0] for title in self.holders)
        counts = Counter(one for one in titles if one.endswith("minister"))
        return frozenset(title for title, n in counts.items() if n >= _SHARED)

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """People by each word of their names, in plain spelling."""
        families: dict[str, dict[str, None]] = {}
        for entry in self.aliases:
            if entry.kind == "person":
                for word in plain(entry.alias).split():
                    families.setdefault(word, {})[entry.actor] = None
        return {word: tuple(actors) for word, actors in families.items()}


def _parted(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


@cache
def _bundled() -> Roster:
    data = resources.files("stancekit.actors") / "data" / "roster.csv"
    return Roster(*read_entries(data.read_text(encoding="utf-8"), "roster.csv"))
