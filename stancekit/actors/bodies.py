"""Which state, organisation, company or place each mention means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from stancekit.actors.knowledge import initials
from stancekit.actors.lands import LOOKS, lands_near, own_land
from stancekit.actors.lexicon import lexicon
from stancekit.actors.nouns import singular
from stancekit.actors.roster import Roster
from stancekit.actors.spelling import plain
from stancekit.records import Mention, Sentence

BODIES = frozenset(("organisation", "institution", "company", "party", "armed_group"))
"""Kinds of actors that act as one body."""

_LANDS = frozenset(("country", "place", "people"))
_PARTS = {"European Union": "Europe", "African Union": "Africa"}
"""Unions, and the places that stand for them where an article names both."""

_ARMS = frozenset(("European Commission",))
"""Arms of unions for which the seat stands too: "Brussels"."""

_INSIDE = frozenset(("in", "near", "outside", "around", "across", "inside", "throughout"))
_SITES = frozenset(
    "airport apartment bar church district flat home hospital hotel house market museum "
    "neighbourhood neighborhood restaurant school square stadium station street suburb".split()
)
"""Nouns before which a town only says where: "a Brussels suburb"."""

_METONYMS = ("seat of power", "capital used")
_WORD_AFTER = re.compile(r"\s+(\S+)")
_NICKNAMES = re.compile(
    r",? (?:or|(?:also |better |commonly |widely )?known (?:simply )?as)(?: the)? |, the "
)
"""What stands between a name and the abbreviation that it introduces."""

_OWNS = re.compile(r"(?P<genitive>['’]s?)? ")


def resolve_bodies(
    mentions: Sequence[Mention], sentences: Mapping[int, Sentence], roster: Roster
) -> Iterator[Mention]:
    """Name each mention after its actor.

    Abbreviations point to the name whose initials they are or that brackets follow,
    short forms to the longer name that begins or ends with them, and a ministry belongs
    to the country named right before it.

    Parameters
    ----------
    mentions
        All mentions but those of people, in text order.
    sentences
        The article's sentences by index.
    roster
        Whose actors stay as they are.
    """
    towns = [_town(one, sentences, roster) for one in mentions]
    owned = list(_of_lands(_owned(towns, sentences, roster), sentences))
    free = {m.start for m in owned if m.kind in BODIES and not _is_known(m, roster)}
    full = _full_names(owned, [m for m in owned if m.start in free], sentences)
    wholes = {_PARTS[m.name]: m for m in reversed(owned) if m.name in _PARTS}
    seats = _seats(owned)
    for mention in owned:
        actor = full.get(mention.name, mention) if mention.start in free else mention
        if mention.kind == "place" and _governs(mention, sentences):
            actor = wholes.get(mention.name, mention)
        if mention.why.startswith("seat of power"):
            actor = seats.get(mention.name, mention)
        if actor.name == mention.name:
            yield mention
        else:
            why = f"stands for {actor.name}"
            yield replace(mention, name=actor.name, kind=actor.kind, country=actor.country, why=why)


def _town(mention: Mention, sentences: Mapping[int, Sentence], roster: Roster) -> Mention:
    """Take a seat of power for a mere town where the sentence tells what happens there."""
    if not mention.why.startswith(_METONYMS):
        return mention
    sentence = sentences[mention.sentence]
    start, end = mention.start - sentence.start, mention.end - sentence.start
    before = sentence.text[max(0, start - 30) : start].lower().split()[-2:]
    after = _WORD_AFTER.match(sentence.text, end)
    is_site = after is not None and singular(after[1].rstrip(".,;:?!").lower()) in _SITES
    is_inside = not _INSIDE.isdisjoint(before[-1:])
    if not is_site and (not is_inside or before[0] in lexicon().governments):
        return mention
    lands = (alias.home for alias in roster.lookup(mention.text) if alias.kind == "country")
    land = next(lands, mention.country)
    why = f"the town, not {mention.name}"
    return replace(mention, name=plain(mention.text), kind="place", country=land, why=why)


def _seats(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """Map a union that an article names by its seat alone to the arm of it that it does name."""
    spoken = {m.name for m in mentions if not m.why.startswith("seat of power")}
    return {
        m.country: m
        for m in reversed(mentions)
        if m.name in _ARMS and m.country and m.country not in spoken
    }


def _owned(
    mentions: Sequence[Mention], sentences: Mapping[int, Sentence], roster: Roster
) -> list[Mention]:
    """Give each body the country that stands right before it, and one name per country."""
    names: dict[tuple[str, str], str] = {}
    owned = [_at_home(one, roster) for one in mentions[:1]]
    # Where an article names one country's ministry, a bare one may be another's.
    shared = {m.name for b, m in pairwise(mentions) if _is_ministry(m) and _owner(b, m, sentences)}
    for at, (before, mention) in enumerate(pairwise(mentions), start=1):
        owner = _owner(before, mention, sentences)
        country = before.country or before.name
        if owner and roster.lookup(mention.name):
            owned.append(mention)
        elif owner and mention.kind == "institution" and len(mention.name.split()) < 4:
            name = names.setdefault((mention.name, country), owner)
            owned.append(replace(mention, name=name, country=country))
        elif owner:
            owned.append(replace(mention, country=country))
        elif (
            mention.name in shared
            and _is_form(mention)
            and any(near := lands_near(mentions[max(0, at - LOOKS) : at], mention.sentence))
        ):
            land = near[0] or near[1]
            name = names.setdefault((mention.name, land), f"{mention.name} of {land}")
            owned.append(replace(mention, name=name, country=land))
        else:
            owned.append(_at_home(mention, roster))
    return owned


def _of_lands(mentions: Sequence[Mention], sentences: Mapping[int, Sentence]) -> Iterator[Mention]:
    """Give a body of state the country after it: "the Supreme Court of Chile"."""
    for mention, after in pairwise(mentions):
        sentence = sentences[mention.sentence]
        between = sentence.text[mention.end - sentence.start : after.start - sentence.start]
        is_owned = mention.kind == "institution" and after.kind == "country"
        if is_owned and not mention.country and between in (" of ", " of the "):
            yield replace(mention, country=after.name)
        else:
            yield mention
    yield from mentions[-1:]


def _at_home(mention: Mention, roster: Roster) -> Mention:
    """Give a body the country with which its name begins."""
    if mention.country or not _is_form(mention):
        return mention
    return replace(mention, country=own_land(mention.name, roster))


def _is_ministry(mention: Mention) -> bool:
    last = mention.name.split()[-1]
    return _is_form(mention) and mention.kind == "institution" and last in lexicon().ministries


def _owner(before: Mention, mention: Mention, sentences: Mapping[int, Sentence]) -> str:
    """Return the name of a body with the country that stands right before it, or nothing."""
    if before.sentence != mention.sentence or before.kind not in _LANDS or not _is_form(mention):
        return ""
    sentence = sentences[mention.sentence]
    between = sentence.text[before.end - sentence.start : mention.start - sentence.start]
    match = _OWNS.fullmatch(between)
    if not match:
        return ""
    if match["genitive"]:
        return f"{mention.name} of {before.name}"
    return f"{plain(before.text)} {mention.name}"


def _governs(mention: Mention, sentences: Mapping[int, Sentence]) -> bool:
    """Whether no preposition makes a name a mere place."""
    sentence = sentences[mention.sentence]
    before = sentence.text[: mention.start - sentence.start].split()[-1:]
    return not before or before[0].lower() not in lexicon().locatives


def _is_form(mention: Mention) -> bool:
    """Whether a body goes by its own words."""
    return mention.kind in BODIES and plain(mention.text) == mention.name


def _full_names(
    mentions: Iterable[Mention], forms: Sequence[Mention], sentences: Mapping[int, Sentence]
) -> dict[str, Mention]:
    """Map abbreviations and short forms to the mention that introduces the full name."""
    bodies = [mention for mention in mentions if mention.kind in BODIES]
    full: dict[str, Mention] = {}
    for before, mention in pairwise(bodies):
        if _in_brackets(before, mention, sentences) and not full.get(before.name):
            full.setdefault(mention.name, before)
    named = {m.name: m for m in reversed(bodies) if " " in m.name}
    ends = _ends(named.values())
    for mention in forms:
        longer = ends.get(mention.name)
        if longer and mention.name not in full:
            full[mention.name] = longer
    return full


def _is_known(mention: Mention, roster: Roster) -> bool:
    return any(alias.actor == mention.name for alias in roster.lookup(mention.text))


def _ends(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Map initials, beginnings and ends of names to the mention that bears them."""
    ends: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (-len(m.name.split()), m.start)):
        words = mention.name.split()
        if len(words) < 2:
            continue
        ends.setdefault(initials(mention.name), mention)
        for cut in range(1, len(words)):
            ends.setdefault(" ".join(words[cut:]), mention)
            if words[0] not in lexicon().bodies or cut > 1:
                ends.setdefault(" ".join(words[:cut]).rstrip("'"), mention)
    return ends


def _in_brackets(before: Mention, mention: Mention, sentences: Mapping[int, Sentence]) -> bool:
    if before.sentence != mention.sentence:
        return False
    sentence = sentences[mention.sentence]
    start, end = before.end - sentence.start, mention.start - sentence.start
    after = sentence.text[mention.end - sentence.start :][:1]
    between = sentence.text[start:end]
    if between.strip() == "(":
        return after == ")"
    is_short = mention.text.isupper() and " " not in mention.text and " " in before.text
    return is_short and after in (",", ")") and _NICKNAMES.fullmatch(between) is not None
