"""The words that name a speaker, and what the text shows of him."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stancekit.quotes.natures import Nature
from stancekit.quotes.references import antecedent, is_aside
from stancekit.quotes.roles import Status
from stancekit.quotes.words import Words
from stancekit.records import Actor


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as far as the text shows.

    Attributes
    ----------
    source
        The words that name the speaker here; empty where none do.
    actor
        Who it is, where it resolves.
    status
        Whether the speaker speaks for an institution.
    nature
        Which pronouns fit.
    start
        Where the words begin.
    evidence
        What the text shows of the speaker, see `stancekit.quotes.evidence`.
    named
        The words before these that name a speaker who is no actor, where these are only
        a pronoun: "two elders", of whom "one said" something.
    """

    source: str = ""
    actor: Actor | None = None
    status: Status = "unknown"
    nature: Nature = "any"
    start: int = -1
    evidence: tuple[str, ...] = ()
    named: str = ""


NOBODY: Final = Voice()


class Sources:
    """Says which words name each speaker of one article, but not who that is.

    Parameters
    ----------
    text
        The article.
    sentences
        Its sentences as words, without boilerplate.
    """

    def __init__(self, text: str, sentences: Iterable[Words]) -> None:
        self._text = text
        self._sentences = [words for words in sentences if len(words)]
        self._openings = [words.starts[0] for words in self._sentences]

    def remember(self, voice: Voice) -> None:
        """Forget it: no pronoun is looked up."""

    def resolve(self, words: Words, start: int, end: int) -> Voice:
        """Say which words name whoever the words from `start` to `end` mean."""
        if start >= end:
            return NOBODY
        part = words.slice(start, end)
        referred = self._referred(part)
        if referred is not None:
            return self.resolve(*referred)
        return Voice(self._text[part.starts[0] : part.ends[-1]], start=part.starts[0])

    def _referred(self, part: Words) -> tuple[Words, int, int] | None:
        """Return the phrase that a source only goes on with: the name before ", who ..."."""
        words, at = self._sentence(part.starts[0])
        if not at or not is_aside(words, at, at + len(part)):
            return None
        start, end = antecedent(words, at)
        return (words, start, end) if start < end else None

    def _sentence(self, at: int) -> tuple[Words, int]:
        """Return the sentence of an offset, and the index of the word there (0: none starts)."""
        found = bisect_right(self._openings, at) - 1
        if found < 0:
            return Words(), 0
        words = self._sentences[found]
        index = bisect_left(words.starts, at)
        return words, index if words.starts[index : index + 1] == [at] else 0
