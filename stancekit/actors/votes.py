"""Tags of an article compared: one kind for each name, and names that the tagger saw but once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from stancekit.actors.lexicon import lexicon
from stancekit.actors.lines import Line, Stretch
from stancekit.actors.roles import apposition
from stancekit.actors.tokens import Candidate, What

TAGS: Final[dict[str, What]] = {"person": "person", "organisation": "body", "location": "place"}
"""Kinds of spans that may be actors, and the candidates that they make."""

SURE: Final = 0.7
"""Least probability of a tag that overrules the form of a name."""

_TOLD: Final = 2.0
"""Weight of what the words beside a name say of its kind; a tag weighs its probability."""

_OTHER: Final = 0.9
"""Share of its weight that a tag of no actor keeps beside those of actors."""

Votes: TypeAlias = dict[str, defaultdict[str, float]]
"""How much speaks for each kind, by name."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tagged span of a plain sentence."""

    start: int
    end: int
    kind: str
    probability: float


def echoed(lines: Sequence[Line], found: Sequence[list[Tag]]) -> list[list[Tag]]:
    """Tag names that the tagger saw elsewhere in the article, in whole or in their main part."""
    kinds = _surest(lines, found)
    parts = dict(_parts(kinds))
    rows = []
    for line, tags in zip(lines, found, strict=True):
        runs = [one for one in line.candidates if not one.match and one.what != "body"]
        more = [tag for one in runs for tag in _echo(line, one, tags, kinds, parts)]
        kept = [tag for tag in tags if not any(overlap(tag, one) for one in more)]
        rows.append(sorted([*kept, *more], key=lambda tag: tag.start))
    return rows


def settled(tags: Iterable[tuple[Line, Tag]], bodies: Iterable[str] = ()) -> dict[str, str]:
    """Give each name of an article one kind: by votes, a part of a name that of the whole.

    Parameters
    ----------
    tags
        Of names that the roster doesn't know.
    bodies
        Names that are bodies' by their form.
    """
    found = list(tags)
    votes = _votes(found)
    kinds = {words: max(found, key=found.__getitem__) for words, found in votes.items()}
    kinds |= dict.fromkeys(_surnames(kinds, votes), "person")
    for part, kind in _wholes(kinds, votes).items():
        if part in kinds:
            kinds[part] = max(kind, key=kind.__getitem__)
    placed = {line.words(tag).lower() for line, tag in found if _is_placed(line, tag)}
    for part in _shorts(bodies):
        if part in kinds and part not in placed:
            kinds[part] = "organisation"
    return kinds


def _is_placed(line: Line, tag: Tag) -> bool:
    is_sure = tag.kind == "location" and tag.probability >= SURE
    return is_sure and line.before(tag) in lexicon().locatives


def _shorts(bodies: Iterable[str]) -> Iterator[str]:
    """Yield in lower case what stands for companies and parties: "Reef" for "Reef Bank"."""
    known = lexicon().bodies
    for words in bodies:
        parts = words.split()
        at = next((at for at, part in enumerate(parts) if part in known), 0)
        if at and known[parts[at]] in ("company", "party"):
            yield " ".join(parts[:at]).lower()


def _votes(tags: Iterable[tuple[Line, Tag]]) -> Votes:
    """Add up what tags, and the words beside names, say of each name in lower case."""
    votes: Votes = {}
    for line, tag in tags:
        row = votes.setdefault(line.words(tag).lower(), defaultdict(float))
        row[tag.kind] += tag.probability * (1.0 if tag.kind in TAGS else _OTHER)
        if told := _told(line, tag):
            row[told] += _TOLD
    return votes


def _wholes(kinds: Mapping[str, str], votes: Votes) -> Votes:
    """Add up, for each word of a longer name, what that name is voted to be."""
    wholes: Votes = {}
    for words, kind in kinds.items():
        parts = words.split()
        if len(parts) > 1 and kind in ("person", "organisation"):
            for part in parts[:1] if kind == "organisation" else parts:
                wholes.setdefault(part, defaultdict(float))[kind] += votes[words][kind]
    return wholes


def _surnames(kinds: Mapping[str, str], votes: Votes) -> Iterator[str]:
    """Yield names of several words that end a person's: "Van Dongen" of "Wouter van Dongen"."""
    ends = {
        tuple(parts[cut:])
        for words, kind in kinds.items()
        if kind == "person" and len(parts := words.split()) > 2
        for cut in range(1, len(parts) - 1)
    }
    for words, kind in kinds.items():
        is_unsure = kind != "person" and votes[words][kind] < SURE
        if is_unsure and tuple(words.split()) in ends:
            yield words


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of a sentence share a character."""
    return one.start < other.end and other.start < one.end


def _surest(lines: Sequence[Line], found: Sequence[list[Tag]]) -> dict[str, str]:
    """Return the kind of each tagged name of an actor by its surest tag."""
    rows = [
        (tag.probability, line.words(tag), tag.kind)
        for line, tags in zip(lines, found, strict=True)
        for tag in tags
        if tag.kind in TAGS
    ]
    return {words: kind for _, words, kind in sorted(rows, key=lambda row: row[0])}


def _parts(kinds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the words that alone may stand for a name: of people all, of bodies the first."""
    for words, kind in kinds.items():
        named = words.split()
        if len(named) < 2 or kind == "location":
            continue
        for part in named if kind == "person" else named[:1]:
            if part[0].isupper() and len(part) > 2 and part not in lexicon().bodies:
                yield part, kind


def _echo(
    line: Line,
    run: Candidate,
    tags: Sequence[Tag],
    kinds: Mapping[str, str],
    parts: Mapping[str, str],
) -> Iterator[Tag]:
    words = line.words(run)
    inside = [tag for tag in tags if overlap(tag, run)]
    if " " not in words:
        kind = kinds.get(words) or parts.get(words)
        is_said = line.before(run) == "the" and words in kinds
        if kind and not inside and (is_said or not _says_nothing(words)):
            yield Tag(run.start, run.end, kind, SURE)
        return
    first, *_, last = words.split()
    if words in kinds and all(run.start <= tag.start and tag.end <= run.end for tag in inside):
        yield Tag(run.start, run.end, kinds[words], SURE)
    elif not inside and kinds.get(last) == "person" and first.lower() not in lexicon().common:
        yield Tag(run.start, run.end, "person", SURE)


def _says_nothing(words: str) -> bool:
    known = lexicon()
    return words.lower() in known.common or words in known.calendar or words in known.no_actors


def _told(line: Line, tag: Tag) -> str:
    """Return the kind that a noun or a title beside a name tells; empty for none."""
    text, words = line.folded.text, line.words(tag)
    if " " not in words:
        return "organisation" if line.after(tag).rstrip(".,") == "party" else ""
    # "Ana Ruiz of the Reef Party, who lost": the party didn't.
    is_someone = text.startswith(", who ", tag.end) and line.before(tag) not in ("the", "of")
    if line.is_titled(tag) or is_someone:
        return "person"
    _, after = apposition(text[tag.end : tag.end + 100])
    is_body = after and after[-1].lower() in lexicon().nouns
    return "organisation" if is_body or line.after(tag).rstrip(".,") == "party" else ""
