"""What is said and whose voice it is, before it becomes a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from stancekit.quotes.naming import NOBODY, Voice
from stancekit.records import Span

Stretch: TypeAlias = tuple[int, int]

NOWHERE: Final[Stretch] = (0, 0)
"""Stands for words that the text does not have."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who says something, and where the words are that report it.

    Attributes
    ----------
    voice
        The speaker.
    cue
        Span of the reporting words; `NOWHERE` for none.
    """

    voice: Voice = NOBODY
    cue: Stretch = NOWHERE


NO_OWNER: Final = Owner()


@dataclass(frozen=True)
class Attribution(Span):
    """What is said, and by whom; the span is that of the content.

    Attributes
    ----------
    direct
        Between quotation marks, or reported.
    owner
        Who says it; without a voice where the text does not show it.
    """

    direct: bool
    owner: Owner = NO_OWNER

    @property
    def source(self) -> Stretch:
        """Span of the words that name the speaker; `NOWHERE` for none."""
        voice = self.owner.voice
        return (voice.start, voice.start + len(voice.source)) if voice.source else NOWHERE
