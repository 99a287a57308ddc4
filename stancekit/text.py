"""Text to paragraphs to sentences, with exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stancekit.furniture import MONTH, is_furniture, opens_links
from stancekit.records import Role, Sentence
from stancekit.splitter import LONGEST, sentence_ends

MAX_SENTENCE = LONGEST
"""Longest sentence kept whole, in characters; a longer one is cut at white space."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOT_SPACE = re.compile(r"\S")
_LAST_SPACE = re.compile(r".*\s", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_CLOSERS = r"[\"'\u201d\u2019\u00bb)\]]*"
_FINAL = re.compile(rf"[.!?\u2026\u3002\uff01\uff1f]{_CLOSERS}$")
_FULL_STOP = re.compile(rf"[.\u2026\u3002]{_CLOSERS}$")
_INNER_STOP = re.compile(rf"[.!?]{_CLOSERS}\s")
_WRAP_WIDTHS = range(50, 101)
_WRAP_SLACK = 20
_MAX_HEADLINE = 200

_WHEN = rf"(?:(?:,? |^)(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?)?"
_DASH = r"\s*+(?:-{1,2}|[\u2013\u2014])(?:\s+(?![a-z])|$)"
_CAPITALS = r"[A-Z\u00c0-\u00de]"
_DATELINES = (
    re.compile(
        rf"(?!FILE\b)(?P<place>{_CAPITALS}(?:{_CAPITALS}|[.'\u2019/]|[ -](?={_CAPITALS})){{3,}}+"
        rf"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)*)?){_WHEN}\s*+"
        rf"(?:\([^()]{{2,40}}\)|/\w{{2,40}}/)?{_DASH}"
    ),
    re.compile(
        rf"(?P<place>(?:[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){{0,3}})?){_WHEN}"
        rf"\s*+\([A-Z][A-Za-z ]{{1,20}}\){_DASH}"
    ),
)


@dataclass(frozen=True)
class Dateline:
    """Where and when a report was filed.

    Attributes
    ----------
    place, month, day, year
        As written, such as ``"BERLIN"``; empty where the dateline leaves them out.
    end
        Length of the dateline with its dash: the report starts here.
    """

    place: str
    month: str
    day: str
    year: str
    end: int


def dateline(sentence: str) -> Dateline | None:
    """Read the dateline that a sentence begins with, if it has one.

    Examples
    --------
    >>> dateline("BERLIN, Jan 12 (Agency) - Talks failed.").place
    'BERLIN'
    >>> dateline("Talks failed in Berlin.") is None
    True
    """
    match = next(filter(None, (form.match(sentence) for form in _DATELINES)), None)
    if not match or sentence[match.end() :].isupper():
        return None
    found = match.groupdict(default="")
    return Dateline(found["place"], found["month"], found["day"], found["year"], match.end())


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    r"""Split text into paragraphs.

    Every line is a paragraph, except in a text that is hard-wrapped, its lines breaking
    off within sentences: there a block of lines that are all about as long as each
    other (50 to 100 characters) belongs together. White space around a paragraph
    belongs to none.

    Parameters
    ----------
    text
        Any string.

    Returns
    -------
    list of (start, end)
        Character offsets, end exclusive, in order, never overlapping.

    Examples
    --------
    >>> paragraph_spans("Rates rise\n\n Markets fell. ")
    [(0, 10), (13, 26)]
    """
    lines = [span for m in _LINE.finditer(text) if (span := _strip(text, *m.span()))]
    blocks = [(block, _looks_wrapped(block)) for block in _blocks(text, lines)]
    is_wrapped = any(looks and _breaks_off(text, block) for block, looks in blocks)
    spans: list[tuple[int, int]] = []
    for block, looks in blocks:
        spans.extend([(block[0][0], block[-1][1])] if looks and is_wrapped else block)
    return spans


def sentence_spans(text: str) -> list[tuple[int, int]]:
    r"""Split text into sentences.

    Sentences never cross paragraphs; closing quotation marks stay with the
    sentence that they close. White space around a sentence belongs to none.

    Parameters
    ----------
    text
        Any string; web text with datelines and captions is expected.

    Returns
    -------
    list of (start, end)
        Character offsets, end exclusive, in order, never overlapping:
        ``text[start:end]`` is the sentence.

    Examples
    --------
    >>> sentence_spans("Rates rose. Markets fell.\nRelated Posts")
    [(0, 11), (12, 25), (26, 39)]
    """
    return [span for start, end in paragraph_spans(text) for span in _split(text, start, end)]


def split_article(text: str) -> tuple[Sentence, ...]:
    r"""Split an article into sentences, each marked as headline, body or boilerplate.

    Parameters
    ----------
    text
        A whole article. A first line without a full stop is its headline, and so is a
        question or exclamation that other lines follow.

    Returns
    -------
    tuple of Sentence
        ``text[s.start:s.end] == s.text`` for each; empty for blank text.

    Examples
    --------
    >>> [s.role for s in split_article("Rates rise\nThe bank acted.\nRelated Posts")]
    ['headline', 'body', 'boilerplate']
    """
    sentences: list[Sentence] = []
    in_links = False
    paragraphs = paragraph_spans(text)
    for number, (first, last) in enumerate(paragraphs):
        paragraph = text[first:last]
        in_links = opens_links(paragraph) or (in_links and not _FULL_STOP.search(paragraph))
        if in_links or _is_boilerplate(paragraph):
            role: Role = "boilerplate"
        elif number == 0 and _is_headline(paragraph, is_alone=len(paragraphs) == 1):
            role = "headline"
        else:
            role = "body"
        for start, end in _split(text, first, last):
            sentences.append(Sentence(start, end, len(sentences), text[start:end], number, role))
    return tuple(sentences)


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    kept = text[start:end]
    left = len(kept) - len(kept.lstrip())
    stripped = kept.strip()
    return (start + left, start + left + len(stripped)) if stripped else None


def _blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group lines that no blank line parts."""
    block: list[tuple[int, int]] = []
    for line in lines:
        if block and text.count("\n", block[-1][1], line[0]) > 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _looks_wrapped(block: list[tuple[int, int]]) -> bool:
    widths = [end - start for start, end in block]
    full = max(widths)
    return len(block) > 1 and full in _WRAP_WIDTHS and min(widths[:-1]) > full - _WRAP_SLACK


def _breaks_off(text: str, block: list[tuple[int, int]]) -> bool:
    """Tell whether most lines end within a sentence, and one at least before a small letter."""
    n_whole = sum(_FINAL.search(text[start:end]) is not None for start, end in block[:-1])
    return n_whole * 2 < len(block) and any(text[start].islower() for start, _ in block[1:])


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for last in sentence_ends(text[start:end]):
        span = _strip(text, first, start + last)
        first = start + last
        if span:
            yield from _cut(text, *span)


def _skip_space(text: str, at: int) -> int:
    match = _NOT_SPACE.search(text, at)
    return match.start() if match else len(text)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        space = _LAST_SPACE.match(text, start, start + MAX_SENTENCE + 1)
        at = space.end() - 1 if space else start + MAX_SENTENCE
        yield (start, start + len(text[start:at].rstrip()))
        start = _skip_space(text, at)
    if start < end:
        yield (start, end)


def _is_boilerplate(paragraph: str) -> bool:
    if not _LETTER.search(paragraph) or is_furniture(paragraph):
        return True
    filed = dateline(paragraph)
    return filed is not None and filed.end == len(paragraph)


def _is_headline(paragraph: str, *, is_alone: bool) -> bool:
    if len(paragraph) > _MAX_HEADLINE or _FULL_STOP.search(paragraph):
        return False
    if _FINAL.search(paragraph):
        return not is_alone and not _INNER_STOP.search(paragraph)
    return True
