"""Find the places where an article names an actor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stancekit.actors.entries import Alias
from stancekit.actors.knowledge import Knowledge, learn
from stancekit.actors.lexicon import lexicon
from stancekit.actors.lines import Line, read_line
from stancekit.actors.roster import Roster
from stancekit.actors.tagged import tag_lines
from stancekit.actors.tokens import Candidate, Token, tokens_of
from stancekit.records import Mention, Sentence
from stancekit.tagging import TokenVectors

if TYPE_CHECKING:
    from stancekit.tagging import TokenTagger

_ABBREVIATION = re.compile(r"(?=.?[A-Z.&]*[A-Z])[A-Z][A-Z&.]*[A-Z0-9&](?:-[A-Z0-9]+)?s?")
_CENTRAL = re.compile(r"(?:Central|Reserve) Bank\b|National Bank of ")
_INSIDE = frozenset(("in", "at", "near", "outside", "around", "across", "inside", "throughout"))


class ActorFinder:
    r"""Find mentions of actors: the roster's names, and names of people and organisations.

    Parameters
    ----------
    roster
        Whom to know; None is `Roster.bundled`.
    tagger
        Finds names by the vectors of an encoder, where `find` is given readings.

    Examples
    --------
    >>> from stancekit.text import split_article
    >>> text = "Talks in Seoul\nPresident Lee Jae Myung met Dr Ida Falk of the Nordic Institute."
    >>> [mention.text for mention in ActorFinder().find(split_article(text))]
    ['Seoul', 'Lee Jae Myung', 'Ida Falk', 'Nordic Institute']
    """

    def __init__(self, roster: Roster | None = None, tagger: TokenTagger | None = None) -> None:
        self.roster = roster
        self.tagger = tagger

    def find(
        self, sentences: Sequence[Sentence], readings: Sequence[TokenVectors] | None = None
    ) -> tuple[Mention, ...]:
        """Find the mentions in an article's sentences.

        Parameters
        ----------
        sentences
            All sentences of one article, in order; those marked as boilerplate have none.
        readings
            Each sentence as an encoder reads it. With them and a tagger, the tags decide
            what is a name and where it ends, and the roster who is meant.

        Returns
        -------
        tuple of Mention
            In text order, never overlapping, with offsets in the article. Each is named
            after the roster's actor, or by its own words; `stancekit.actors.resolve`
            decides who is meant.
        """
        roster = self.roster or Roster.bundled()
        kept = [at for at, sentence in enumerate(sentences) if sentence.role != "boilerplate"]
        lines = [read_line(sentences[at], roster) for at in kept]
        if self.tagger is not None and readings is not None:
            lines = tag_lines(lines, [readings[at] for at in kept], self.tagger, roster)
        known = learn(lines)
        found = [mention for line in lines for mention in _mentions(line, known)]
        return tuple(sorted(found, key=lambda mention: mention.start))


def _mentions(line: Line, known: Knowledge) -> Iterator[Mention]:
    if not line.is_cased:
        yield from _caseless(line, known)
        return
    for candidate in line.candidates:
        if candidate.match:
            mention = _from_roster(line, candidate, known)
        elif candidate.is_tagged:
            mention = _from_tag(line, candidate, known)
        elif candidate.what == "word":
            mention = _from_word(line, candidate, known)
        else:
            mention = _from_form(line, candidate, known)
        if mention:
            yield mention


def _from_tag(line: Line, candidate: Candidate, known: Knowledge) -> Mention:
    words = line.words(candidate)
    if candidate.what == "place" and words.isupper() and words in known.bodies:
        return _body(line, candidate, known.bodies[words])
    if candidate.what == "place":
        return _mention(line, candidate, words, "place", why="tagged as a place")
    if candidate.what == "person":
        full = known.people.get(words) or known.loud_people.get(words.split()[-1], words)
        if full != words and " " not in words:
            return _with_particle(line, candidate, words, full)
        words = full if words == full.upper() else words
        return _mention(line, candidate, words, "person", why="tagged as a person")
    full = known.bodies.get(f"the {words}") or known.bodies.get(words, words)
    if full != words and (" " not in words or line.before(candidate) == "the"):
        return _body(line, candidate, full)
    kind = known.kinds.get(words) or line.noun(candidate) or body_kind(words)
    return _mention(line, candidate, words, kind, why="tagged as an organisation")


def _from_form(line: Line, candidate: Candidate, known: Knowledge) -> Mention:
    words = line.words(candidate)
    kind = "person" if candidate.what == "person" else body_kind(words)
    if not candidate.is_sure:
        kind = known.kinds.get(words, kind)
    return _mention(line, candidate, words, kind, why="name by its form")


def _from_word(line: Line, candidate: Candidate, known: Knowledge) -> Mention | None:
    words = line.words(candidate)
    is_common = words.lower() in lexicon().common or words in lexicon().calendar
    if line.before(candidate) == "the" and (full := known.bodies.get(f"the {words}", "")):
        return _body(line, candidate, full)
    if words in lexicon().bodies:
        return None
    if " " in words and words in (known.people.get(word) for word in words.split()):
        return _mention(line, candidate, words, "person", why="name by its form")
    if words in known.people and not (candidate.is_first and is_common):
        full = known.people[words]
        return _with_particle(line, candidate, words, full)
    if line.is_said_by(candidate) and words not in known.bodies and words not in known.kinds:
        kind = "person" if known.is_surname(words) else known.unknown(words) or "person"
        return _mention(line, candidate, words, kind, why="speaks in the article")
    if is_common or words in lexicon().no_actors:
        return None
    if len(words) > 1 and known.bodies.get(words, words) != words:
        return _body(line, candidate, known.bodies[words])
    if _ABBREVIATION.fullmatch(words):
        return _mention(line, candidate, words, "organisation", why="abbreviation")
    kind = known.unknown(words) if len(words) > 2 else ""
    if not kind or words.lower() in lexicon().given:
        return None
    why = "place by its form" if kind == "place" else "named as one that acts"
    return _mention(line, candidate, words, kind, why=why)


def _with_particle(line: Line, candidate: Candidate, words: str, full: str) -> Mention:
    """Take a surname with the small words that belong to it: "de Graaf" of "John de Graaf"."""
    parts = full.split()
    at = parts.index(words) if words in parts else 0
    before = line.folded.text[: candidate.start]
    start = candidate.start
    while at > 1 and parts[at - 1].islower() and before.endswith(f"{parts[at - 1]} "):
        at -= 1
        start -= len(parts[at]) + 1
        before = before[:start]
    whole = replace(candidate, start=start)
    return _mention(line, whole, words, "person", why=f"points back to {full}")


def _body(line: Line, candidate: Candidate, full: str) -> Mention:
    return _mention(line, candidate, full, body_kind(full), why=f"points back to {full}")


def body_kind(words: str) -> str:
    """Return the kind of a body by the words of its name.

    Examples
    --------
    >>> body_kind("Granary Party"), body_kind("Coastal Shield")
    ('party', 'organisation')
    """
    if _CENTRAL.match(words):
        return "institution"
    head = re.split(r" (?:of|for|on|against) ", words)[0].split()
    kinds = [lexicon().bodies[word] for word in head if word in lexicon().bodies]
    if "armed_group" in kinds:
        return "armed_group"
    return kinds[-1] if kinds else "organisation"


def _from_roster(line: Line, candidate: Candidate, known: Knowledge) -> Mention | None:
    match = candidate.match
    words = line.words(candidate)
    if match is None:
        return None
    if candidate.is_first and words.lower() in lexicon().common and words not in known.seen:
        return None
    best, runner_up = known.choose(match.aliases)
    before = line.before(candidate)
    if _is_surname(words, best, known) and before not in lexicon().locatives:
        why = f"surname of {known.people[words]}, rather than {best.actor}"
        return _mention(line, candidate, words, "person", why=why)
    own = _own_body(words, best, known)
    if own:
        return _body(line, candidate, own)
    if best.kind == "party" and " " not in words and known.is_elsewhere(best):
        return None
    if best.relation == "capital" and _is_city(line, candidate):
        why = f"the city, not {best.actor}"
        return _mention(line, candidate, best.alias, "place", best.home, why)
    if best.relation == "people" and known.homes[best.home] and before == "the":
        why = f"people of {best.home} used for the state"
        return _mention(line, candidate, best.home, "country", why=why)
    if best.relation == "demonym" and line.after(candidate).rstrip(".,") in lexicon().humans:
        why = f"people of {best.actor}"
        return _mention(line, candidate, f"{words} people", "people", best.home, why)
    if runner_up and best.kind == "institution" and not known.is_at_home(best):
        return _mention(line, candidate, words, best.kind, why="name by its form")
    why = _reason(best) + (f", rather than {runner_up.actor}" if runner_up else "")
    return _mention(line, candidate, best.actor, best.kind, best.country, why)


def _own_body(words: str, best: Alias, known: Knowledge) -> str:
    """Return the article's own body that a party's name or an abbreviation rather means."""
    full = known.bodies.get(f"the {words}", "") if best.kind == "party" else ""
    if not full and best.relation == "abbreviation" and best.kind != "country":
        full = known.bodies.get(words, "")
    return full if full != best.actor else ""


def _is_city(line: Line, candidate: Candidate) -> bool:
    """Whether a capital is a mere place: "in Rome", "mayor of Rome", not "officials in Rome"."""
    words = line.folded.text[max(0, candidate.start - 30) : candidate.start].lower().split()
    owner = words[-2] if len(words) > 1 else ""
    if words[-1:] == ["of"]:
        return owner in lexicon().city_nouns
    return words[-1:] != [] and words[-1] in _INSIDE and owner not in lexicon().governments


def _is_surname(words: str, best: Alias, known: Knowledge) -> bool:
    """Whether a roster name is rather the surname of someone introduced."""
    full = known.people.get(words, "")
    is_last = " " in full and full.split()[-1] == words
    return best.kind != "person" and is_last and known.homes[best.home] < 2


def _reason(alias: Alias) -> str:
    return {
        "demonym": f"demonym of {alias.actor}",
        "capital": f"capital used for the government of {alias.actor}",
        "seat": f"seat of power used for {alias.actor}",
        "people": f"people of {alias.country}",
        "abbreviation": f"abbreviation of {alias.actor}",
    }.get(alias.relation, "known by name")


def _caseless(line: Line, known: Knowledge) -> Iterator[Mention]:
    """Where case says nothing, trust the roster and the names of the other sentences."""
    taken = {candidate.start: candidate for candidate in line.candidates}
    tokens = tokens_of(line.folded.text)
    done = line.sentence.start
    for at, token in enumerate(tokens):
        if token.start + line.sentence.start < done:
            continue
        candidate, mention = taken.get(token.start), None
        if candidate and candidate.is_tagged and not candidate.match:
            mention = _from_tag(line, candidate, known)
        elif candidate:
            is_roster = candidate.match is not None
            mention = (_from_roster if is_roster else _from_form)(line, candidate, known)
        mention = mention or _back(line, tokens[at:], known)
        if mention:
            done = mention.end
            yield mention


def _back(line: Line, tokens: Sequence[Token], known: Knowledge) -> Mention | None:
    """Take the longest stretch of words that are all of one introduced name."""
    key, end = tokens[0].text.upper(), tokens[0].end
    if key in known.loud_bodies:
        candidate = Candidate(tokens[0].start, end, "body")
        return _body(line, candidate, known.loud_bodies[key])
    full = known.loud_people.get(key, "")
    words = full.upper().split()
    for token in tokens[1 : len(words)]:
        if token.start != end + 1 or token.text.upper() not in words:
            break
        end = token.end
    if not full or (end == tokens[0].end and key != words[-1]):
        return None
    candidate = Candidate(tokens[0].start, end, "person")
    why = f"points back to {full}"
    return _mention(line, candidate, line.words(candidate), "person", why=why)


def _mention(
    line: Line, candidate: Candidate, name: str, kind: str, country: str = "", why: str = ""
) -> Mention:
    start, end = line.folded.span(candidate.start, candidate.end)
    text = line.sentence.text[start:end]
    offset = line.sentence.start
    return Mention(
        start + offset, end + offset, text, line.sentence.index, name, kind, country, "", why
    )
