"""Fit the tagger of names from texts with tagged entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

from stancekit.actors import Roster
from stancekit.actors.marks import MARKS, roster_marks
from stancekit.encoder import CachedReader, Encoder, read_sentences
from stancekit.tagging import ReadText, TokenTagger
from training.corpora.conll import DOMAINS, read_conll, tagged_texts

Span: TypeAlias = tuple[int, int, str]

KINDS: Final = ("person", "organisation", "location", "misc")
"""Kinds of entities in CoNLL-2003, and those that the tagger learns."""

_KIND_OF: Final = {
    "politician": "person",
    "politicalparty": "organisation",
    "country": "location",
    "event": "misc",
    "election": "misc",
}
_ALPHA: Final = 1e-4
_TOGETHER: Final = 40


@dataclass(frozen=True)
class Named:
    """A sentence and the entities in it: start, end, kind."""

    text: str
    spans: tuple[Span, ...]
    split: str


def read_entities(root: Path, domains: Sequence[str] = DOMAINS) -> list[Named]:
    """Read the entities of the corpora, train and dev, in the order of the files.

    Parameters
    ----------
    root
        The folder that holds all corpora.
    domains
        Those of `training.corpora.conll`; their kinds are brought to `KINDS`.
    """
    found = []
    for domain in domains:
        texts, entities = tagged_texts(read_conll(root, domain))
        spans: dict[int, list[Span]] = {}
        columns = (entities[name].tolist() for name in ("sentence", "start", "end", "kind"))
        for sentence, start, end, kind in zip(*columns, strict=True):
            known = kind if kind in KINDS else _KIND_OF.get(kind, "misc")
            spans.setdefault(sentence, []).append((start, end, known))
        rows = zip(*(texts[name].tolist() for name in ("sentence", "text", "split")), strict=True)
        found += [Named(text, tuple(spans.get(at, ())), split) for at, text, split in rows]
    return found


def read_texts(
    encoder: Encoder | CachedReader, sentences: Sequence[Named], roster: Roster | None = None
) -> list[ReadText]:
    """Read sentences with an encoder, some dozens together, and mark what the roster knows.

    The sentences before and after one are its context, as in an article.
    """
    roster = roster or Roster.bundled()
    found = []
    for texts in _together(sentences):
        read = (
            encoder.read(texts)
            if isinstance(encoder, CachedReader)
            else read_sentences(encoder, texts)
        )
        pairs = zip(texts, read, strict=True)
        found += [ReadText(text, one, roster_marks(text, roster)) for text, one in pairs]
    return found


def fit_entity_tagger(
    encoder: Encoder | CachedReader, root: Path, *, alpha: float = _ALPHA, max_iter: int = 120
) -> TokenTagger:
    """Fit the tagger of people, organisations, places and other names.

    Parameters
    ----------
    encoder
        Reads the texts.
    root
        The folder that holds all corpora; their train parts are learned from.
    alpha, max_iter
        As in `stancekit.tagging.TokenTagger`.

    Raises
    ------
    InputError
        When a file is missing.
    """
    sentences = [one for one in read_entities(root) if one.split == "train"]
    tagger = TokenTagger(alpha, marks=MARKS, max_iter=max_iter)
    return tagger.fit(read_texts(encoder, sentences), [one.spans for one in sentences])


def _together(sentences: Sequence[Named]) -> Iterator[list[str]]:
    for _, part in groupby(enumerate(sentences), key=lambda pair: pair[0] // _TOGETHER):
        yield [one.text for _, one in part]
