"""Join what a tagger found in a sentence with what the roster and the forms of names tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stancekit.actors.bodies import BODIES
from stancekit.actors.entries import Alias, Match
from stancekit.actors.lexicon import lexicon
from stancekit.actors.lines import Line, is_spelt_so
from stancekit.actors.marks import roster_marks
from stancekit.actors.roster import Roster
from stancekit.actors.spelling import bare
from stancekit.actors.tokens import Candidate
from stancekit.actors.votes import SURE, TAGS, Tag, echoed, overlap, settled
from stancekit.records import Sentence
from stancekit.tagging import ReadText, TaggedSpan, TokenVectors

if TYPE_CHECKING:
    from stancekit.tagging import TokenTagger

_HONORIFICS = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr"))
_MINISTER = re.compile(r"(?:Minister|Secretary) (?:of|for) (?:the )?$")
_LEADING = re.compile(r"[A-Z]\w+ (?=[A-Z]\w+ [A-Z])")
_BODY_BEFORE = re.compile(
    r"(?:spokes\w+|lawyers?|shares|stake|board|executive|director|managers?|workers|owners?"
    r"|employees|customers) (?:for|in|of|at) $"
)
_AND = re.compile(r"([A-Z][^,]*?) and ([A-Z][^,]*)")
_HALF = re.compile(r"-[A-Z]\w+")
_PART = re.compile(r"-[a-z]{1,6}\b")
_TITLE = re.compile(r"([^\W\d_]+)\.? ")


def tag_lines(
    lines: Sequence[Line], readings: Sequence[TokenVectors], tagger: TokenTagger, roster: Roster
) -> list[Line]:
    """Give sentences the candidates that a tagger finds.

    Parameters
    ----------
    lines
        Sentences of one article, as read without a tagger.
    readings
        Each sentence as the encoder reads it.
    tagger
        Its kinds are those of `TAGS` and any others, which are no actors.
    roster
        Whom to know.
    """
    pairs = zip(lines, readings, strict=True)
    texts = [read_text(line.sentence, reading, roster) for line, reading in pairs]
    found = [
        list(_untitled(line, spans))
        for line, spans in zip(lines, tagger.predict(texts), strict=True)
    ]
    tagged = list(zip(lines, echoed(lines, found), strict=True))
    # Names of places may also be those of teams: each such mention speaks for itself.
    unknown = (
        (line, tag) for line, tags in tagged for tag in tags if not _known(line.words(tag), roster)
    )
    kinds = settled(unknown, (words for line in lines for words in _bodies(line)))
    names = {words for words, kind in kinds.items() if kind == "person"}
    people = frozenset(part for words in names if " " in words for part in words.split())
    for line, tags in tagged:
        for tag in tags:
            words = line.words(tag)
            low = words.lower()
            if _is_borne(bare(words), words, people, roster):
                kinds[low] = "person"
            elif low in names and low not in people and _is_bodily(tag, line):
                kinds[low] = "organisation"
    return [
        _retagged(line, [_reclaimed(tag, line, people, roster) for tag in tags], kinds, roster)
        for line, tags in tagged
    ]


def read_text(sentence: Sentence, reading: TokenVectors, roster: Roster) -> ReadText:
    """Join a sentence, its reading and what is known of its words."""
    return ReadText(sentence.text, reading, roster_marks(sentence.text, roster))


def _untitled(line: Line, spans: Iterable[TaggedSpan]) -> Iterator[Tag]:
    """Yield tags with offsets in plain spelling, people without their titles."""
    done = 0
    for span in spans:
        start, end = line.folded.place(span.start, span.end)
        end, kind = _end(line.folded.text, start, end, span.kind), span.kind
        if _MINISTER.search(line.folded.text[max(0, start - 24) : start]) and kind != "person":
            cut = _LEADING.match(line.folded.text, start, end)
            start, kind = (cut.end(), "person") if cut else (start, kind)
        if line.folded.text.startswith("The ", start) and end - start > 4:
            start += 4
        while title := _TITLE.match(line.folded.text, start, end):
            if title[1] in _HONORIFICS:
                kind = "person"
            if kind != "person" or not _is_title(line.folded.text, title.start(1), end):
                break
            start = title.end()
        if line.folded.text[:start].rstrip(". ").split(" ")[-1] in _HONORIFICS:
            kind = "person"
        tag = Tag(start, end, kind, span.probability)
        if kind == "location" and start < end and _acts(tag, line):
            tag = replace(tag, kind="organisation")
        if max(line.filed, done) <= start < end:
            done = end
            yield from _parted(tag, line)


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether a title begins here: "Judge", or "Health Cabinet Secretary"."""
    known = lexicon()
    for word in text[start:end].split()[:-1]:
        if word.rstrip(".") in known.ranks:
            return True
        if word not in known.qualifiers and word not in known.ministries:
            break
    return False


def _parted(tag: Tag, line: Line) -> Iterator[Tag]:
    """Part "Chile and Peru" where the roster knows both."""
    pair = _AND.fullmatch(line.folded.text, tag.start, tag.end)
    ends = {one.end for one in line.candidates if one.match}
    if pair is None or not ends.issuperset((pair.end(1), pair.end(2))):
        yield tag
        return
    yield replace(tag, end=pair.end(1))
    yield replace(tag, start=pair.start(2))


def _end(text: str, start: int, end: int, kind: str) -> int:
    """Move the end of a span to that of a word: no comma after it, no half of "Anne-Marie"."""
    half = _HALF.match(text, end) if kind == "person" else None
    if half is None and kind == "person" and _is_family_first(text[start:end]):
        half = _PART.match(text, end)
    if half:
        return half.end()
    words, bracket, rest = text[start:end].partition(" (")
    whole = words if bracket and ")" not in rest else text[start:end]
    return start + len(whole.rstrip(",;:"))


def _is_family_first(words: str) -> bool:
    """Whether a name is one of East Asia, whose last part may follow a hyphen: "Song Min-ho"."""
    first, *others = words.split()
    return len(others) == 1 and first in lexicon().families


def _bodies(line: Line) -> Iterator[str]:
    """Yield the names that are bodies' by their form, and that the roster doesn't know."""
    for one in line.candidates:
        if one.what == "body" and one.is_sure and not one.match:
            yield line.words(one)


def _acts(tag: Tag, line: Line) -> bool:
    """Whether a place's name or the noun beside it is rather a body's: "the airline Aru Reach"."""
    last = line.words(tag).split()[-1]
    return " " in line.words(tag) and (last in lexicon().bodies or bool(line.noun(tag)))


def _reclaimed(tag: Tag, line: Line, people: frozenset[str], roster: Roster) -> Tag:
    """Give a name back to the roster that a tag takes for a person's, and nobody bears."""
    words = line.words(tag)
    is_seat = _is_seat(words, people, roster)
    is_name = (" " in words or _may_be_surname(words.lower(), people)) and not is_seat
    before = line.folded.text[: tag.start].rstrip(". ").split(" ")[-1]
    if tag.kind != "person" or is_name or before in lexicon().ranks:
        return tag
    known = _known(words, roster)
    is_person = not known or any(alias.kind == "person" for alias in known)
    return tag if is_person else replace(tag, kind="location")


def _is_borne(name: str, words: str, people: frozenset[str], roster: Roster) -> bool:
    """Whether a word is an Arabic article with somebody's name: "El-Sisi"."""
    if name == words or " " in words:
        return False
    low = name.lower()
    is_near = any(part == low or part.endswith(f"-{low}") for part in people)
    return is_near or any(alias.kind == "person" for alias in _known(name, roster))


def _is_seat(words: str, people: frozenset[str], roster: Roster) -> bool:
    """Whether a lone name is a capital's or a palace's, and nobody in the article bears it."""
    known = _known(words, roster)
    is_seat = any(alias.relation in ("capital", "seat") for alias in known)
    return is_seat and words.lower() not in people


def _is_bodily(tag: Tag, line: Line) -> bool:
    """Whether the words before a lone name are those before a company's."""
    before = line.folded.text[max(0, tag.start - 32) : tag.start]
    is_alone = " " not in line.words(tag)
    return is_alone and bool(line.noun(tag) or _BODY_BEFORE.search(before))


def _may_be_surname(low: str, people: frozenset[str]) -> bool:
    return low in people or low in lexicon().given or low in lexicon().surnames


def _retagged(line: Line, tags: Sequence[Tag], kinds: Mapping[str, str], roster: Roster) -> Line:
    """Let tags decide what is a name and where it ends; the roster, who is meant."""
    tags = [tag for tag in tags if not _yields(tag, line)]
    made = [
        _owned(_candidate(line, tag, kinds.get(line.words(tag).lower(), tag.kind), roster), line)
        for tag in tags
    ]
    longer = [one for one in line.candidates if one.match or _is_body(one, made)]
    names = [one for one in made if not _is_within(one, longer)]
    names = [one for one in names if one.what != "word" or one.match]
    free = [
        one
        for one in line.candidates
        if _may_stand(one, made, line)
        if not any(overlap(one, tag) for tag in (names if one in longer else made))
        if not any(tag.what == "word" and _is_part(one, tag) for tag in made)
    ]
    return replace(line, candidates=tuple(sorted([*names, *free], key=lambda one: one.start)))


def _yields(tag: Tag, line: Line) -> bool:
    """Whether the form of a name tells more than a tag that is unsure of it."""
    if tag.probability >= SURE:
        return False
    formed = (one for one in line.candidates if one.what in ("person", "body"))
    return any(overlap(one, tag) for one in formed)


def _candidate(line: Line, tag: Tag, kind: str, roster: Roster) -> Candidate:
    aliases = tuple(one for one in _known(line.words(tag), roster) if _agrees(one, kind))
    match = Match(tag.start, tag.end, aliases) if aliases else None
    if match and not is_spelt_so(match, line.folded, line.sentence.text):
        match = None
    return Candidate(tag.start, tag.end, TAGS.get(kind, "word"), match, is_tagged=True)


def _known(words: str, roster: Roster) -> tuple[Alias, ...]:
    """Return what the roster knows by just these words, or by them in capitals."""
    found = roster.matches(words)
    is_whole = len(found) == 1 and found[0].end - found[0].start == len(words)
    return found[0].aliases if is_whole else ()


def _is_body(candidate: Candidate, made: Sequence[Candidate]) -> bool:
    """Whether a name is a body's by its form, and the tagger saw no actor in it."""
    is_form = candidate.what == "body" and candidate.is_sure
    return is_form and not any(
        overlap(candidate, tag) and tag.what in ("body", "person") for tag in made
    )


def _owned(tag: Candidate, line: Line) -> Candidate:
    """Leave the country out of "German Foreign Ministry": it is a mention of its own."""
    for one in line.candidates:
        if one.match and one.start == tag.start and one.end < tag.end and tag.what == "body":
            rest = replace(tag, start=one.end + 1)
            is_land = one.match.aliases[0].kind == "country"
            if is_land and not lexicon().ministries.isdisjoint(line.words(rest).split()):
                return rest
    return tag


def _agrees(alias: Alias, kind: str) -> bool:
    """Whether an alias can be meant where a tagger saw a kind: "Chad" may be a person."""
    if kind == "person":
        return alias.kind == "person"
    if kind == "organisation":
        return alias.kind not in ("person", "place")
    return alias.kind != "person" or kind == "misc"


def _may_stand(one: Candidate, made: Sequence[Candidate], line: Line) -> bool:
    """Whether a name by its form stands where the tagger saw nothing."""
    if one.what == "word":
        # "The Shield" may point back to a body of the article.
        return line.before(one) == "the" and not any(overlap(one, tag) for tag in made)
    if one.match or one.is_sure:
        return True
    if one.what != "person" or any(overlap(one, tag) for tag in made):
        return False
    return line.after(one).rstrip(".,") in lexicon().deeds or line.is_described(one)


def _is_within(tag: Candidate, known: Sequence[Candidate]) -> bool:
    """Whether a longer name of the roster holds a tagged one."""
    size = tag.end - tag.start
    return any(overlap(one, tag) and one.end - one.start > size for one in known)


def _is_part(one: Candidate, tag: Candidate) -> bool:
    """Whether a body is only a part of another name: "UEFA" of the "UEFA Cup"."""
    is_body = one.what == "body" or (one.match and one.match.aliases[0].kind in BODIES)
    return bool(is_body) and _is_within(one, [tag])
