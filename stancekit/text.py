"""Text to paragraphs to sentences, with exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nupunkt

from stancekit.records import Role, Sentence

MAX_SENTENCE = 2_000
"""Longest sentence kept whole, in characters; a longer one is cut at white space."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOT_SPACE = re.compile(r"\S")
_LETTER = re.compile(r"[^\W\d_]")
_FINAL = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]*\s*$")
_CLOSING = re.compile(r"[\"\u201d\u00bb\u2019')\]]+(?=\s|$)")
_WRAP_WIDTHS = range(50, 101)
_WRAP_SLACK = 20
_MAX_HEADLINE = 200

_LINKS_FOLLOW = re.compile(
    r"(?:related|recommended|popular|trending|most[ -]read|more)\s+"
    r"(?:posts?|stories|news|articles?|links?|reading|coverage|from\b.*|on\b.*|in\b.*)\s*:?"
    r"|(?:also|see also|read (?:also|more|next)|more on this story|you may also like"
    r"|tags|topics|sources|external links|share (?:this|on)\b.*)\s*:?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:advertisements?|sponsored( content)?|story continues below.*|watch( now)?|listen( now)?"
    r"|(?:also|related|read more|see also|read also|also read|more|watch)\s*[:|].*"
    r"|(?:photos?|image|picture|file photo|video|graphic|caption|credit)s?\s*(?:[:|]|by\b|credit).*"
    r"|\(?(?:ap |file )?photo(?:graph)?s?\s*(?:[/:]|by\b).*"
    r"|.*\((?:ap|afp|reuters|getty images|epa)\s*(?:photo)?/[^)]*\)"
    r"|[^.]{0,160}\.? ?(?:/ ?|via )(?:AFP|AP|Reuters|Getty Images)\b[^.]{0,40}"
    r"|(?:\u00a9|\(c\)|copyright)\W.*|all rights reserved.*"
    r"|sign up (?:for|to)\b.*|subscribe (?:to|now|for)\b.*|follow us on\b.*|click here\b.*"
    r"|(?:additional )?reporting by\b.*|editing by\b.*|writing by\b.*|\(?compiled by\b.*"
    r"|by(?-i:(?: [A-Z][\w.'\u2019-]+){2,5}(?:,? and(?: [A-Z][\w.'\u2019-]+){2,4})?)"
    r"|(?:published|updated|posted|last (?:updated|modified))\b.{0,60}\d.{0,40}"
    r"|\d+ (?:min(?:ute)?s?|hours?) (?:read|ago)|(?:https?://|www\.)\S+)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.'\u2019 -]+(?:, [A-Z][\w. ]+)?)"
    rf"(?:,? (?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?)?"
    r"\s*(?:\([^()]{2,40}\))?\s*(?:-{1,2}|[\u2013\u2014])\s+"
)


@dataclass(frozen=True)
class Dateline:
    """Where and when a report was filed.

    Attributes
    ----------
    place
        As written, such as ``"BERLIN"``.
    month, day, year
        As written; empty where the dateline leaves them out.
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
    match = _DATELINE.match(sentence)
    if not match:
        return None
    found = match.groupdict(default="")
    return Dateline(found["place"], found["month"], found["day"], found["year"], match.end())


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    r"""Split text into paragraphs.

    Every line is a paragraph, except in a block of lines that are all about as
    long as each other (50 to 100 characters): such hard-wrapped lines belong
    together. White space around a paragraph belongs to none.

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
    spans: list[tuple[int, int]] = []
    for block in _blocks(text, lines):
        spans.extend([(block[0][0], block[-1][1])] if _is_wrapped(block) else block)
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
        A whole article. A first line without a full stop is its headline.

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
    for number, (first, last) in enumerate(paragraph_spans(text)):
        paragraph = text[first:last]
        in_links = _opens_links(paragraph) or (in_links and not _FINAL.search(paragraph))
        role = _role(paragraph, is_first=number == 0, in_links=in_links)
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


def _is_wrapped(block: list[tuple[int, int]]) -> bool:
    if len(block) < 2:
        return False
    widths = [end - start for start, end in block]
    full = max(widths)
    return (
        full in _WRAP_WIDTHS
        and min(widths[:-1]) > full - _WRAP_SLACK
        and widths[-1] <= full
        and len(block) > 2 - (widths[-1] < full - _WRAP_SLACK)
    )


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    paragraph = text[start:end]
    bounds = [last for _, last in nupunkt.sent_spans(paragraph)]
    first = 0
    for last in bounds:
        # A closing mark that the splitter left to the next sentence ends this one.
        closing = _CLOSING.match(paragraph, _skip_space(paragraph, last))
        if closing and last < len(paragraph) and _unclosed(paragraph[first:last], closing.group()):
            last = closing.end()
        if last <= first:
            continue
        span = _strip(text, start + first, start + last)
        if span:
            yield from _cut(text, *span)
        first = last


def _skip_space(text: str, at: int) -> int:
    match = _NOT_SPACE.search(text, at)
    return match.start() if match else len(text)


def _unclosed(sentence: str, closing: str) -> bool:
    mark = closing[0]
    if mark == '"':
        return sentence.count('"') % 2 == 1
    opening = {"\u201d": "\u201c", "\u00bb": "\u00ab", ")": "(", "]": "["}.get(mark)
    return opening is not None and sentence.count(opening) > sentence.count(mark)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        at = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        at = at if at > start else start + MAX_SENTENCE
        yield (start, at - (len(text[start:at]) - len(text[start:at].rstrip())))
        start = _skip_space(text, at)
    if start < end:
        yield (start, end)


def _opens_links(paragraph: str) -> bool:
    return _LINKS_FOLLOW.fullmatch(paragraph) is not None


def _role(paragraph: str, *, is_first: bool, in_links: bool) -> Role:
    if in_links or not _LETTER.search(paragraph):
        return "boilerplate"
    if len(paragraph) <= 300 and _FURNITURE.fullmatch(paragraph):
        return "boilerplate"
    if is_first and len(paragraph) <= _MAX_HEADLINE and not _FINAL.search(paragraph):
        return "headline"
    return "body"
