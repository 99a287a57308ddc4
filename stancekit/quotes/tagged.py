"""Who says what, from tags of source, cue and content, joined with what rules are sure of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stancekit.quotes.attributions import NO_OWNER, NOWHERE, Attribution, Owner, Stretch
from stancekit.quotes.cues import cue_forms
from stancekit.quotes.groups import some_of_group
from stancekit.quotes.linking import Link, Tags, gap, inside, overlapping
from stancekit.quotes.naming import NOBODY, Voice
from stancekit.quotes.partners import Partners
from stancekit.quotes.references import QUANTITIES, pronoun_of
from stancekit.quotes.sources import speaking
from stancekit.quotes.spans import Quote, is_phrase
from stancekit.quotes.verbs import is_anyone
from stancekit.quotes.voices import Voices
from stancekit.quotes.words import Words, read_words
from stancekit.records import Sentence

_MARKS = 4
"""Characters that a tag and a quotation may differ by: marks and white space."""

_SOURCE_GAP = 24
"""Characters that may lie between a cue and its source where no content ties the two."""

_WORD = 20
"""Characters that a cue may have."""

_TRIM = " \t\n,;:.–—-"


def attribute_by_tags(
    text: str,
    body: Sequence[Sentence],
    quotes: Sequence[Quote],
    tags: Tags,
    ruled: Sequence[Attribution],
    voices: Voices,
) -> list[Attribution]:
    """Find what is said, and who says it, from tags.

    Parameters
    ----------
    text
        The article.
    body
        Its sentences, without boilerplate.
    quotes
        The stretches in quotation marks.
    tags
        What the taggers found.
    ruled
        What rules found: they fill in where tags show no speaker.
    voices
        Fresh.

    Returns
    -------
    list of Attribution
        In text order, what holds another before it.
    """
    assembly = _Assembly(text, body, quotes, tags, ruled)
    links = sorted(set(assembly.links()), key=lambda one: (one.start, -one.end, one.direct))
    return [*_resolved(text, links, voices, assembly)]


class _Assembly:
    """The parts of one article, and how they are put together."""

    def __init__(
        self,
        text: str,
        body: Sequence[Sentence],
        quotes: Sequence[Quote],
        tags: Tags,
        ruled: Sequence[Attribution],
    ) -> None:
        self.text, self.body, self.quotes = text, body, quotes
        self.tags = replace(tags, sources=speaking(text, tags.sources, tags.cues))
        likely = replace(tags, sources=speaking(text, tags.likely, tags.cues))
        self.partners = Partners(text, body, self.tags, likely, ruled)
        self.ruled = ruled
        self.outer = [(quote.outer_start, quote.outer_end) for quote in quotes]

    def links(self) -> Iterator[Link]:
        """Yield everything said, some of it twice."""
        used: set[Stretch] = set()
        for link in self._from_contents():
            used.add(link.cue)
            yield link
        for cue in self.tags.cues:
            if cue not in used:
                yield from self._after(cue)

    def _from_contents(self) -> Iterator[Link]:
        """Yield what is said by tagged contents and by quotations."""
        units = sorted(self._units(), key=lambda one: (one[0], -one[1]))
        last = Link(0, 0, direct=False)
        for start, end, quote in units:
            link = self.partners.linked(start, end, last, direct=quote is not None)
            if not self.partners.speaks_itself(link):
                yield from self._pieces(link, quote)
            yield from self._nested(link)
            last = link

    def _units(self) -> Iterator[tuple[int, int, Quote | None]]:
        """Yield what is said: tagged contents, and quotations that no tag holds."""
        taken: set[int] = set()
        for start, end in self.tags.contents:
            held = self._quotes_in(start, end)
            alike = next((i for i in held if self._is_quote(start, end, i)), None)
            if alike is not None:
                if alike not in taken:
                    yield (*self.outer[alike], self.quotes[alike])
                taken.add(alike)
                continue
            taken.update(i for i in held if self._holds(start, end, i))
            yield start, end, None
        for i, quote in enumerate(self.quotes):
            if i not in taken and not is_phrase(self.text, quote):
                yield (*self.outer[i], quote)
        for one in self.ruled:
            # Of "Kim, who leads it, warned workers that ..." rules may take the workers to speak.
            is_read = any(
                overlapping(self.tags.contents, *part)
                for part in ((one.start, one.end), one.source)
            )
            if not one.direct and not is_read:
                yield one.start, one.end, None

    def _quotes_in(self, start: int, end: int) -> list[int]:
        first = bisect_right(self.outer, (start, start))
        first -= first > 0 and self.outer[first - 1][1] > start
        return [i for i in range(first, len(self.outer)) if self.outer[i][0] < end][:64]

    def _is_quote(self, start: int, end: int, i: int) -> bool:
        """Whether a tagged content is a quotation, or a part of it, and nothing else."""
        left, right = self.outer[i]
        return start >= left - _MARKS and end <= right + _MARKS

    def _holds(self, start: int, end: int, i: int) -> bool:
        """Whether a tagged content holds all of a quotation but a mark."""
        return start - 2 <= self.quotes[i].start and self.quotes[i].end <= end + 2

    def _pieces(self, link: Link, quote: Quote | None) -> Iterator[Link]:
        """Yield a content, and the quotations inside it."""
        if quote is not None:
            yield Link(quote.start, quote.end, True, link.cue, link.source)
            return
        start, end = _trimmed(self.text, link.start, link.end)
        if start < end:
            yield Link(start, end, False, link.cue, link.source)
        for i in self._quotes_in(link.start, link.end):
            if self._holds(link.start, link.end, i):
                inner = self.quotes[i]
                yield Link(inner.start, inner.end, True, link.cue, link.source)

    def _nested(self, link: Link) -> Iterator[Link]:
        """Yield what is said inside of something said: "Kim said Lee had promised help"."""
        cues = inside(self.tags.cues, link.start, link.end)
        for i, cue in enumerate(cues):
            sources = [
                span
                for span in overlapping(self.tags.sources, link.start, link.end)
                if gap(span, cue) <= _SOURCE_GAP
            ]
            until = min(
                link.end,
                self.body[self.partners.sentence(cue[0])].end,
                cues[i + 1][0] if i + 1 < len(cues) else link.end,
            )
            start, end = _trimmed(self.text, cue[1], until)
            if sources and start < end:
                yield Link(start, end, False, cue, min(sources, key=lambda span: gap(span, cue)))

    def _after(self, cue: Stretch) -> Iterator[Link]:
        """Yield the clause after a cue with a source and no content: "they echoed calls to"."""
        sentence = self.body[self.partners.sentence(cue[0])]
        near = overlapping(self.tags.sources, sentence.start, sentence.end)
        sources = [span for span in near if gap(span, cue) <= _SOURCE_GAP]
        if not sources:
            return
        comma = self.text.find(", ", cue[1] + 1, sentence.end)
        stops = [sentence.end if comma < 0 else comma]
        for spans in (self.tags.sources, self.tags.cues, self.tags.contents):
            at = bisect_left(spans, (cue[1], cue[1]))
            stops += [span[0] for span in spans[at : at + 1]]
        start, end = _trimmed(self.text, cue[1], min(stops))
        if start < end:
            yield Link(start, end, False, cue, min(sources, key=lambda span: gap(span, cue)))

    def told_before(self, at: int) -> list[Words]:
        """Return the words of a sentence up to an offset, and the sentence before: the narrator's.

        Nothing is returned that comes before a cue.
        """
        i = self.partners.sentence(at)
        spans = [(self.body[i].start, at), *((one.start, one.end) for one in self.body[:i][-1:])]
        told: list[Words] = []
        for start, end in spans:
            if overlapping(self.tags.cues, start, end):
                break
            told.append(read_words(self.text, start, end))
        return told


def _trimmed(text: str, start: int, end: int) -> Stretch:
    """Strip marks and white space that belong to no content."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _resolved(
    text: str, links: Sequence[Link], voices: Voices, assembly: _Assembly
) -> Iterator[Attribution]:
    """Say whose voice each is; only outermost ones are remembered as speakers."""
    known: dict[Stretch, Voice] = {NOWHERE: NOBODY}
    until = -1
    for link in links:
        if link.source not in known:
            known[link.source] = _voice(text, link.source, voices, assembly)
        voice = known[link.source]
        if link.start >= until:
            voices.remember(voice)
            until = link.end
        owner = NO_OWNER if voice is NOBODY and link.cue == NOWHERE else Owner(voice, link.cue)
        yield Attribution(link.start, link.end, link.direct, owner)


def _voice(text: str, source: Stretch, voices: Voices, assembly: _Assembly) -> Voice:
    words = read_words(text, *_trimmed(text, *source))
    if pronoun_of(words.lows) in QUANTITIES:
        after = text[source[1] : source[1] + _WORD].split()[:1]
        if after and is_anyone(words.lows, cue_forms().get(after[0].strip(_TRIM))):
            return NOBODY
        told = assembly.told_before(words.starts[0])
        some = some_of_group(voices, words, told)
        if some:
            return some
    return voices.resolve(words, 0, len(words))
