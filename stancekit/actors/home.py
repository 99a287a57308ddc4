"""The country that an article is at home in: "the government", "the country", "the army"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from stancekit.records import Mention, Sentence

_PHRASE = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)(?: own| central| federal| national)?"
    r" (?:government|country|nation)\b(?! (?:of|in|that|which|whose)\b)"
)
_BODY = re.compile(
    r"\b[Tt]he ((?:army|military|navy|air force|police|parliament|treasury|central bank)"
    r"|(?:foreign|finance|interior|defence|defense|health|justice|education) ministry)\b(?! of\b)"
)
_MIN_NAMED: Final = 2
_MIN_SHARE: Final = 0.4


def home_phrases(named: Sequence[Mention], sentences: Mapping[int, Sentence]) -> Iterator[Mention]:
    """Find phrases that mean the country or government an article is about.

    Parameters
    ----------
    named
        The resolved mentions of the article.
    sentences
        Its sentences by index.

    Yields
    ------
    Mention
        None if the article names no country often enough.
    """
    lands = {one.name: one for one in named if one.kind == "country"}
    home = _home(named, lands)
    if home is None:
        return
    for sentence in sentences.values():
        if sentence.role == "boilerplate":
            continue
        for match in _PHRASE.finditer(sentence.text):
            near = _near(match.start() + sentence.start, sentence, named)
            yield from _free(_said(lands.get(near, home), match, sentence), named)
        for match in _BODY.finditer(sentence.text):
            name = f"{match[1].capitalize()} of {home.name}"
            body = replace(home, name=name, kind="institution", country=home.name)
            yield from _free(_said(body, match, sentence), named)


def _said(meant: Mention, match: re.Match[str], sentence: Sentence) -> Mention:
    start, end = match.start() + sentence.start, match.end() + sentence.start
    why = f"the article is about {meant.country or meant.name}"
    return replace(
        meant, start=start, end=end, text=match.group(), sentence=sentence.index, why=why
    )


def _free(mention: Mention, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield a mention that overlaps no other; `named` is in text order."""
    at = bisect_left(named, mention.start, key=lambda one: one.start)
    if not any(mention.overlaps(one) for one in named[max(0, at - 1) : at + 2]):
        yield mention


def _near(at: int, sentence: Sentence, named: Sequence[Mention]) -> str:
    """Return the country of the last mention before an offset in its sentence, or nothing."""
    before = named[: bisect_left(named, at, key=lambda one: one.start)]
    for one in reversed(before):
        if one.sentence != sentence.index:
            break
        if one.kind == "country" or one.country:
            return one.country or one.name
    return ""


def _home(named: Sequence[Mention], lands: Mapping[str, Mention]) -> Mention | None:
    """Return a mention of the country that the article names most, in itself or its people."""
    counts = Counter(one.name if one.kind == "country" else one.country for one in named)
    counts = Counter({name: n for name, n in counts.items() if name in lands})
    if not counts:
        return None
    (name, n), *_ = counts.most_common(1)
    is_clear = n >= _MIN_NAMED and n >= _MIN_SHARE * counts.total()
    return lands[name] if is_clear else None
