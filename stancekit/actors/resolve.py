"""Decide who each mention means: one pure function over the mentions of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from stancekit.actors.bodies import resolve_bodies
from stancekit.actors.cast import Cast
from stancekit.actors.people import Scene, introduce, resolve_people
from stancekit.actors.pointers import resolve_phrases
from stancekit.actors.roster import Roster
from stancekit.actors.spelling import plain, slug
from stancekit.actors.wanted import select
from stancekit.records import Actor, Mention, Sentence


def resolve(
    mentions: Iterable[Mention],
    sentences: Sequence[Sentence],
    *,
    date: str | None = None,
    actors: Sequence[str] | None = None,
    roster: Roster | None = None,
) -> tuple[Actor, ...]:
    """Gather mentions into actors.

    Parameters
    ----------
    mentions
        What `stancekit.actors.ActorFinder.find` found.
    sentences
        The article's sentences.
    date
        ISO date of the article: picks who held an office. None: who holds it now.
    actors
        Names to restrict the answer to. A name that nothing in the article resolves to
        is looked for as it stands.
    roster
        Whom to know; None is `Roster.bundled`.

    Returns
    -------
    tuple of Actor
        In the order of their first mentions; each mention belongs to exactly one.

    Examples
    --------
    >>> from stancekit.actors import ActorFinder
    >>> from stancekit.text import split_article
    >>> sentences = split_article("Ida Falk, the mayor of Oslo, met Ana Ruiz. Falk smiled.")
    >>> for actor in resolve(ActorFinder().find(sentences), sentences):
    ...     print(actor.name, actor.office, len(actor.mentions), sep=" | ")
    Ida Falk | mayor of Oslo | 2
    Oslo | | 1
    Ana Ruiz | | 1
    """
    roster = roster or Roster.bundled()
    named, cast, scene = name_all(mentions, sentences, date, roster)
    phrases = list(resolve_phrases(named, cast, scene))
    # "The Leeds brewer" names the brewer; Leeds is no actor there.
    named = list(_longest([*named, *phrases]))
    resolved = _gather(named, roster)
    if actors is None:
        return tuple(resolved)
    return select(resolved, actors, sentences, roster)


def name_all(
    mentions: Iterable[Mention], sentences: Sequence[Sentence], date: str | None, roster: Roster
) -> tuple[list[Mention], Cast, Scene]:
    """Name each mention after its actor, before phrases without a name are looked for.

    Returns
    -------
    tuple of list, Cast and Scene
        The mentions in text order, the people, and the article.
    """
    found = sorted(mentions, key=_start)
    by_index = {sentence.index: sentence for sentence in sentences}
    people = [mention for mention in found if mention.kind == "person"]
    others = [mention for mention in found if mention.kind != "person"]
    lands = {m.end: m.country or m.name for m in others if m.kind == "country" or m.country}
    scene = Scene(by_index, lands, roster, date)
    cast = introduce(people, scene)
    named = [*resolve_people(people, cast, scene), *resolve_bodies(others, by_index, roster)]
    return sorted(named, key=_start), cast, scene


def _longest(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Leave out mentions that lie within another."""
    done = 0
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if mention.start >= done:
            done = mention.end
            yield mention


def _start(mention: Mention) -> int:
    return mention.start


def _gather(mentions: Iterable[Mention], roster: Roster) -> list[Actor]:
    """Make one actor of the mentions of one name."""
    groups: dict[tuple[str, bool], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.name, mention.kind == "person"), []).append(mention)
    ids = _ids(name for name, _ in groups)
    return [
        _actor(identifier, group, roster)
        for identifier, group in zip(ids, groups.values(), strict=True)
    ]


def _actor(identifier: str, group: Sequence[Mention], roster: Roster) -> Actor:
    name = _spelt(group, roster)
    kind = next((m.kind for m in group if m.kind != "place"), "place")
    country = next((m.country for m in group if m.country), "")
    office = next((m.office for m in group if m.office), "")
    told = (name, kind, country, office)
    same = tuple(
        m if (m.name, m.kind, m.country, m.office) == told
        else replace(m, name=name, kind=kind, country=country, office=office)
        for m in group
    )  # fmt: skip
    return Actor(identifier, name, kind, country, office, same)


def _spelt(group: Sequence[Mention], roster: Roster) -> str:
    """Spell a name that the roster lacks with the letters of the text."""
    name = group[0].name
    if group[0].text == name or roster.lookup(name):
        return name
    for mention in group:
        text = " ".join(mention.text.split())
        if len(text) == len(name) and plain(text) == name:
            # Letters keep their accents; quotation marks keep the plain form.
            return "".join(a if a.isalpha() else b for a, b in zip(text, name, strict=True))
    return name


def _ids(names: Iterable[str]) -> Iterator[str]:
    """Yield identifiers, numbered where different names look alike."""
    seen: dict[str, int] = {}
    for name in names:
        identifier = slug(name)
        seen[identifier] = seen.get(identifier, 0) + 1
        yield identifier if seen[identifier] == 1 else f"{identifier}-{seen[identifier]}"
