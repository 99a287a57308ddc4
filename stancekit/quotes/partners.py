"""Which cue and which source belong to a content: tagged ones, else likely ones, else by rule."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from stancekit.quotes.attributions import NOWHERE, Attribution, Stretch
from stancekit.quotes.cues import LISTENERS, cue_forms
from stancekit.quotes.linking import (
    MOST,
    Link,
    Tags,
    gap,
    inside,
    nearest_words,
    overlapping,
)
from stancekit.records import Sentence

_EDGE: Final = 2
_NEAR: Final = 2
_DASHES: Final = ("–", "—", "―")
_JOIN: Final = 5
_JOINS: Final = re.compile(r"(?:,|\band|,\s+and)\s+\Z")
_DISTANT: Final = 40
_SAME: Final = 80
"""Characters between what one speaker says in one sentence."""


class Partners:
    """Finds the words that report what is said in one article.

    Parameters
    ----------
    text
        The article.
    body
        Its sentences, without boilerplate.
    tags
        What the taggers found.
    likely
        The same, with sources that are less sure.
    ruled
        What rules found.
    """

    def __init__(
        self,
        text: str,
        body: Sequence[Sentence],
        tags: Tags,
        likely: Tags,
        ruled: Sequence[Attribution],
    ) -> None:
        self.text, self.body, self.tags, self.likely = text, body, tags, likely
        self.starts = [sentence.start for sentence in body]
        self.ruled = sorted(ruled, key=lambda one: (one.start, one.end))

    def sentence(self, at: int) -> int:
        """Return the number of the sentence of an offset."""
        return max(0, bisect_right(self.starts, at) - 1)

    def linked(self, start: int, end: int, last: Link, *, direct: bool) -> Link:
        """Tie what is said to its words.

        Parameters
        ----------
        start, end
            What is said, in characters of the article.
        last
            What was said before it, whose speaker may go on.
        direct
            Whether it is a quotation.
        """
        first = self.sentence(start)
        within = self._reach(start, end)
        cue, source = nearest_words((start, end), within, self._sure(start))
        if self._is_participle(cue, source):
            source = self._subject(cue, source, self.tags)
        source = self._nearer(start, end, cue, source)
        before = self.sentence(last.end - 1) if last.end else 0
        if source == NOWHERE and before == first and self._is_near(last, start, end):
            source = last.source
        if source == NOWHERE and not direct:
            cue, source = self._inner(start, end, cue)
        if source == NOWHERE:
            cue, source = self._likely(start, end, within, cue)
        goes_on = direct and cue == NOWHERE and first - before <= 1
        if source == NOWHERE and goes_on:
            source = last.source
        return Link(start, end, direct, cue, source)

    def _is_participle(self, cue: Stretch, source: Stretch) -> bool:
        """Whether a cue goes on with the sentence's subject: "..., accusing", "and calling"."""
        joins = _JOINS.search(self.text[max(0, cue[0] - _JOIN) : cue[0]])
        words = self.text[slice(*cue)].split()[:1]
        is_ing = bool(words) and words[0].endswith("ing")
        return is_ing and joins is not None and source != NOWHERE and source[1] <= cue[0]

    def _nearer(self, start: int, end: int, cue: Stretch, source: Stretch) -> Stretch:
        """Return the source that rules find for a cue, where a tagged one lies far or is told."""
        if cue == NOWHERE or source == NOWHERE:
            return source
        is_told = 0 <= source[0] - cue[1] < _NEAR and self._listens(cue)
        if gap(cue, source) < _DISTANT and not is_told:
            return source
        ruled = self._ruled(start, end)
        if ruled is None or gap(ruled.owner.cue, cue) or gap(ruled.source, source) == 0:
            return source
        return ruled.source if gap(ruled.source, cue) <= _NEAR else source

    def _listens(self, cue: Stretch) -> bool:
        """Whether a listener follows a cue, such as that of "has told the judge that"."""
        words = self.text[slice(*cue)].split()[-1:]
        verb = cue_forms().get(words[0].lower()) if words else None
        return verb is not None and verb.lemma in LISTENERS

    def _sure(self, start: int) -> Tags:
        """Return all tags, or those of the one cue that "that" follows: "and said that it"."""
        at = bisect_left(self.tags.cues, (start, start)) - 1
        cue = self.tags.cues[at] if at >= 0 else NOWHERE
        if cue == NOWHERE or start - cue[1] > _NEAR or not self.text.startswith("that ", start):
            return self.tags
        sources = inside(self.tags.sources, self.body[self.sentence(start)].start, start)
        return Tags(sources[-MOST:], [cue]) if sources else self.tags

    def _inner(self, start: int, end: int, cue: Stretch) -> tuple[Stretch, Stretch]:
        """Choose a source that a content holds: "It will rain, he forecast, and blow"."""
        for source in inside(self.tags.sources, start, end):
            after = overlapping(self.tags.cues, source[1], source[1] + _EDGE)[:1]
            if source[0] == start and not after:
                return cue, source
            if after and self.text[max(0, source[0] - 2) : source[0]] == ", ":
                return (after[0] if cue == NOWHERE else cue), source
        return cue, NOWHERE

    def _subject(self, cue: Stretch, source: Stretch, tags: Tags) -> Stretch:
        """Return the first source of the sentence of a cue that no content holds."""
        sentence = self.body[self.sentence(cue[0])]
        for one in inside(tags.sources, sentence.start, cue[0]):
            if not overlapping(self.tags.contents, *one):
                return one
        return source

    def _is_near(self, last: Link, start: int, end: int) -> bool:
        return gap((start, end), (last.start, last.end)) < _SAME

    def _likely(
        self, start: int, end: int, within: Stretch, cue: Stretch
    ) -> tuple[Stretch, Stretch]:
        """Choose among sources that are less sure, and what rules found there."""
        ruled = self._ruled(start, end)
        likely_cue, likely = nearest_words((start, end), within, self.likely)
        if self._is_participle(likely_cue, likely):
            likely = self._subject(likely_cue, likely, self.likely)
        if ruled and (likely == NOWHERE or gap(ruled.source, likely) == 0):
            return (ruled.owner.cue if cue == NOWHERE else cue), ruled.source
        return (likely_cue if likely != NOWHERE else cue), likely

    def speaks_itself(self, link: Link) -> bool:
        """Whether a content without a speaker begins with one and a cue: "Kim warns of rain"."""
        if link.direct or link.source != NOWHERE:
            return False
        sources = overlapping(self.tags.sources, link.start, link.start + _EDGE)[:1]
        return any(overlapping(self.tags.cues, end, end + _EDGE) for _, end in sources)

    def _reach(self, start: int, end: int) -> Stretch:
        """Return where words may be: the sentences, a "Lee added:" before, a "― Lee" after."""
        first, final = self.sentence(start), self.sentence(end - 1)
        leads = start <= self.body[first].start + _EDGE and self.body[first - 1].text.endswith(":")
        first -= first > 0 and leads
        signed = self.body[min(final + 1, len(self.body) - 1)].text.startswith(_DASHES)
        final += final + 1 < len(self.body) and signed
        return self.body[first].start, self.body[final].end

    def _ruled(self, start: int, end: int) -> Attribution | None:
        """Return what rules found there, with a speaker."""
        at = bisect_right(self.ruled, start, key=lambda one: one.start)
        near = self.ruled[max(0, at - _NEAR) : at + _NEAR]
        shared = {id(one): min(one.end, end) - max(one.start, start) for one in near}
        found = [
            one
            for one in near
            if one.source != NOWHERE and 2 * shared[id(one)] > min(end - start, one.end - one.start)
        ]
        return max(found, key=lambda one: shared[id(one)], default=None)
