"""Read the project's own articles and the labels that two passes gave them.

An article is a text file: a header of ``# key: value`` lines, a line ``---``, then
one sentence a line with a blank line between paragraphs; the first line is the
headline. ``[Tokyo=Japan]`` marks a mention of the actor Japan, ``[Japan]`` one
whose words are the actor's name. A pass is a tab-separated file of the same name,
one line a sentence, see :func:`read_pass`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stancekit.labels import ACTOR_KINDS, CLAIM_TYPES, split_types

STANCE_SIGNS = {"+": "supportive", "-": "critical", "0": "neutral"}
KINDS = ACTOR_KINDS
NARRATOR = "narrator"
_ACTOR_PARTS = 3
_MENTION = re.compile(r"\[([^\[\]=]+)(?:=([^\[\]=]+))?\]")


class ArticleError(ValueError):
    """An article or a pass that does not follow its format."""


@dataclass(frozen=True)
class MarkedMention:
    """A marked mention: characters ``start`` to ``end`` of its sentence, and its actor."""

    start: int
    end: int
    actor: str


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence without its brackets, and the mentions that they marked."""

    sentence_id: str
    text: str
    mentions: tuple[MarkedMention, ...]
    paragraph: int


@dataclass(frozen=True)
class MarkedArticle:
    """One article: its header, its actors (name, kind, country) and its sentences."""

    doc_id: str
    header: dict[str, str]
    actors: tuple[tuple[str, str, str], ...]
    sentences: tuple[MarkedSentence, ...]

    @property
    def text(self) -> str:
        """The article as a reader would see it, paragraphs apart by a blank line."""
        paragraphs: dict[int, list[str]] = {}
        for sentence in self.sentences:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
        return "\n\n".join(" ".join(lines) for lines in paragraphs.values())


@dataclass(frozen=True)
class SentenceLabels:
    """What one pass says of one sentence; ``stances`` are (label, holder), one a mention."""

    sentence_id: str
    claim_types: tuple[str, ...]
    speaker: str
    official: str
    stances: tuple[tuple[str, str], ...]


def parse_sentence(line: str, sentence_id: str, paragraph: int) -> MarkedSentence:
    """Take the brackets out of a line and keep where they were."""
    text, mentions, done = "", [], 0
    for match in _MENTION.finditer(line):
        text += line[done : match.start()]
        words = match.group(1)
        mentions.append(MarkedMention(len(text), len(text) + len(words), match.group(2) or words))
        text, done = text + words, match.end()
    return MarkedSentence(sentence_id, text + line[done:], tuple(mentions), paragraph)


def read_article(path: Path) -> MarkedArticle:
    """Read one article file.

    Raises
    ------
    ArticleError
        If a line breaks the format or a mention has no actor line; it names the file and line.
    """
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    if "---" not in lines:
        raise ArticleError(f"{path}: expected a line '---' after the header; found none")
    rule = lines.index("---")
    header, actors = _read_header(path, lines[:rule])
    sentences = _read_body(path, lines[rule + 1 :], offset=rule + 2)
    _check_actors(path, sentences, {name for name, _, _ in actors})
    return MarkedArticle(path.stem, header, actors, sentences)


def _read_header(
    path: Path, lines: list[str]
) -> tuple[dict[str, str], tuple[tuple[str, str, str], ...]]:
    header: dict[str, str] = {}
    actors: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines, 1):
        key, _, value = (part.strip() for part in line.removeprefix("#").partition(":"))
        if key != "actor":
            header[key] = value
            continue
        parts = [part.strip() for part in value.split("|")]
        if len(parts) != _ACTOR_PARTS or parts[1] not in KINDS:
            raise ArticleError(
                f"{path}:{number}: expected '# actor: name | kind | country', kind one of "
                f"{', '.join(KINDS)}; found {line!r}"
            )
        actors.append((parts[0], parts[1], parts[2]))
    return header, tuple(actors)


def _read_body(path: Path, lines: list[str], *, offset: int) -> tuple[MarkedSentence, ...]:
    sentences: list[MarkedSentence] = []
    paragraph = 0
    for number, line in enumerate(lines, offset):
        if not line:
            paragraph += 1
            continue
        name = f"S{len(sentences)}" if sentences else "H"
        sentences.append(parse_sentence(line, name, paragraph))
        if set("[]") & set(sentences[-1].text):
            raise ArticleError(f"{path}:{number}: a bracket that marks no mention: {line!r}")
    return tuple(sentences)


def _check_actors(path: Path, sentences: tuple[MarkedSentence, ...], known: set[str]) -> None:
    for sentence in sentences:
        for mention in sentence.mentions:
            if mention.actor not in known:
                raise ArticleError(
                    f"{path}: {sentence.sentence_id}: no '# actor:' line for {mention.actor!r}"
                )


def parse_stances(cell: str) -> tuple[tuple[str, str], ...]:
    """``"0; -@Iran; +@narrator"`` -> (label, holder) pairs; a neutral one has no holder."""
    pairs = []
    for item in filter(None, (part.strip() for part in cell.split(";"))):
        sign, _, holder = item.partition("@")
        if sign.strip() not in STANCE_SIGNS:
            raise ArticleError(f"expected 0, + or -, with @holder; found {item!r}")
        label = STANCE_SIGNS[sign.strip()]
        if label != "neutral" and not holder:
            raise ArticleError(f"a holder is missing, as in '-@narrator': {item!r}")
        pairs.append((label, holder.strip()))
    return tuple(pairs)


def write_stance(stance: tuple[str, str]) -> str:
    """Write one (label, holder) pair as :func:`parse_stances` reads it."""
    label, holder = stance
    sign = next(sign for sign, known in STANCE_SIGNS.items() if known == label)
    return f"{sign}@{holder}" if holder else sign


def read_pass(path: Path, article: MarkedArticle) -> tuple[SentenceLabels, ...]:
    """Read one pass over an article.

    Five tab-separated cells a line: sentence id, claim types joined by ``|``,
    speaker (empty for the narrator), official (``yes``, ``no`` or empty), and
    the stances in the order of the marked mentions, joined by ``;``.

    Raises
    ------
    ArticleError
        If a line breaks the format, or the pass does not fit the article's sentences and
        mentions; it names the file and line.
    """
    found: list[SentenceLabels] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(_parse_labels(line))
            except ArticleError as error:
                raise ArticleError(f"{path}:{number}: {error}") from error
    _check_pass(path, article, found)
    return tuple(found)


def _parse_labels(line: str) -> SentenceLabels:
    cells = [cell.strip() for cell in line.split("\t")]
    sentence_id, types, speaker, official, stances = [*cells, "", "", "", ""][:5]
    return SentenceLabels(
        sentence_id,
        parse_types(types),
        speaker,
        parse_official(official),
        parse_stances(stances),
    )


def parse_official(cell: str) -> str:
    """Accept ``yes``, ``no`` or nothing, as a pass writes whether the speaker is official."""
    if cell not in ("yes", "no", ""):
        raise ArticleError(f"expected official yes, no or empty; found {cell!r}")
    return cell


def parse_types(cell: str) -> tuple[str, ...]:
    """Read claim types joined by ``|`` into their canonical order.

    Examples
    --------
    >>> parse_types("official_statement|prediction")
    ('prediction', 'official_statement')
    """
    types = split_types(cell)
    if set(types) - set(CLAIM_TYPES):
        raise ArticleError(f"expected claim types {', '.join(CLAIM_TYPES)}; found {cell!r}")
    return tuple(label for label in CLAIM_TYPES if label in types)


def _check_pass(path: Path, article: MarkedArticle, labels: list[SentenceLabels]) -> None:
    expected = [sentence.sentence_id for sentence in article.sentences]
    if [row.sentence_id for row in labels] != expected:
        raise ArticleError(
            f"{path}: expected the sentences {expected}; found {[r.sentence_id for r in labels]}"
        )
    for sentence, row in zip(article.sentences, labels, strict=True):
        if len(row.stances) != len(sentence.mentions):
            raise ArticleError(
                f"{path}: {row.sentence_id}: {len(sentence.mentions)} marked mentions "
                f"{[sentence.text[m.start : m.end] for m in sentence.mentions]} "
                f"but {len(row.stances)} stances"
            )


def read_articles(folder: Path) -> Iterator[MarkedArticle]:
    """Every article of a folder, in the order of the file names."""
    return (read_article(path) for path in sorted(folder.glob("*.txt")))
