"""Keep only the actors that the user asks for, and look for those that nobody found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from stancekit.actors.lexicon import lexicon
from stancekit.actors.roster import Roster
from stancekit.actors.spelling import fold, plain, slug
from stancekit.records import Actor, Mention, Sentence


def select(
    found: Sequence[Actor], wanted: Sequence[str], sentences: Sequence[Sentence], roster: Roster
) -> tuple[Actor, ...]:
    """Restrict actors to the wanted ones.

    Parameters
    ----------
    found
        The actors of an article.
    wanted
        Names, aliases or identifiers. One that is no found actor's is matched in the
        sentences as it stands, on word boundaries.
    sentences, roster
        The article's sentences, and whom to know.

    Returns
    -------
    tuple of Actor
        In the order of their first mentions; a wanted name that the article lacks is left
        out.
    """
    kept: dict[str, Actor] = {}
    for name in dict.fromkeys(filter(None, map(str.strip, wanted))):
        actor = _known(name, found, roster) or _spelt(name, sentences, roster)
        if actor:
            kept.setdefault(actor.id, actor)
    return _without_overlaps(sorted(kept.values(), key=lambda actor: actor.mentions[0].start))


def _known(name: str, found: Sequence[Actor], roster: Roster) -> Actor | None:
    means = {alias.actor for alias in roster.lookup(name)}
    key = slug(name)
    return next(
        (a for a in found if a.id == key or slug(a.name) == key or a.name in means),
        next((a for a in found if any(slug(m.text) == key for m in a.mentions)), None),
    )


def _spelt(name: str, sentences: Sequence[Sentence], roster: Roster) -> Actor | None:
    pattern = re.compile(rf"(?<!\w){re.escape(plain(name))}(?!\w)")
    entry = next(iter(roster.lookup(name)), None)
    kind = entry.kind if entry else _guess(name)
    full = entry.actor if entry else name
    mentions = []
    for sentence in sentences:
        folded = fold(sentence.text)
        for match in pattern.finditer(folded.text) if sentence.role != "boilerplate" else ():
            start, end = folded.span(*match.span())
            span = (sentence.start + start, sentence.start + end)
            text = sentence.text[start:end]
            country = entry.country if entry else ""
            why = "as asked for"
            mentions.append(Mention(*span, text, sentence.index, full, kind, country, why=why))
    if not mentions:
        return None
    return Actor(slug(full), full, kind, mentions[0].country, mentions=tuple(mentions))


def _guess(name: str) -> str:
    words = plain(name).lower().split()
    return "person" if len(words) > 1 and words[0] in lexicon().given else "organisation"


def _without_overlaps(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Leave each stretch of text to the actor whose mention there is longest."""
    mentions = [mention for actor in actors for mention in actor.mentions]
    free: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        at = bisect_left(free, mention.start, key=lambda m: m.start)
        if not any(mention.overlaps(other) for other in free[max(0, at - 1) : at + 1]):
            free.insert(at, mention)
    chosen = set(free)
    kept = (
        replace(actor, mentions=tuple(m for m in actor.mentions if m in chosen)) for actor in actors
    )
    return tuple(actor for actor in kept if actor.mentions)
