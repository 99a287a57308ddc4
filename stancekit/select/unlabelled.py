"""Unlabelled text, from wherever it comes, as a table of sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from stancekit.actors import ActorFinder
from stancekit.article import Article
from stancekit.errors import InputError, not_utf8
from stancekit.parse import HEADLINE, parse_sentences
from stancekit.relating import holder_pairs
from stancekit.tables import RELATIONS, SENTENCES, Source, read_table
from stancekit.text import split_article

_COLUMNS = ["doc_id", "sentence_id", "text"]


def read_sentences(source: Source) -> pd.DataFrame:
    """Read unlabelled text as a table of sentences.

    Parameters
    ----------
    source
        A ``.txt`` file with an article, a folder of such files, or a table (CSV file or
        frame) with a column ``text``. Rows of one ``doc_id`` are parts of one article, in
        order; without it, each row is an article. Texts are split into sentences unless
        the table has a ``sentence_id`` too.

    Returns
    -------
    DataFrame
        Columns ``doc_id``, ``sentence_id`` (``"H"`` for a headline) and ``text``, without
        captions, link lists and other furniture.

    Raises
    ------
    InputError
        If a file can't be read, or a folder holds no ``.txt`` file.

    Examples
    --------
    >>> read_sentences(pd.DataFrame({"text": ["Rates may rise. Markets fell."]}))
      doc_id sentence_id             text
    0  row-0          S1  Rates may rise.
    1  row-0          S2    Markets fell.
    """
    if isinstance(source, pd.DataFrame):
        return _table(source, "row")
    path = Path(source)
    if path.is_dir():
        return _articles(path)
    if path.suffix.lower() == ".csv":
        return _table(path, path.stem)
    return pd.DataFrame(_split(path.stem, _read_text(path)), columns=_COLUMNS)


def find_targets(sentences: pd.DataFrame) -> pd.DataFrame:
    """Find whom each sentence could take a stance toward.

    Parameters
    ----------
    sentences
        As `read_sentences` gives them.

    Returns
    -------
    DataFrame
        The columns of `sentences` with ``start``, ``end`` and ``actor``: the first mention
        of each actor in each sentence.
    """
    finder = ActorFinder()
    columns = [*_COLUMNS, "start", "end", "actor"]
    documents = sentences.groupby("doc_id", sort=False)
    rows = [row for _, document in documents for row in _targets(document, finder)]
    return pd.DataFrame(rows, columns=columns).astype({"start": int, "end": int})


def find_pairs(sentences: pd.DataFrame) -> pd.DataFrame:
    """Find who in each sentence could take a side on whom.

    Parameters
    ----------
    sentences
        As `read_sentences` gives them.

    Returns
    -------
    DataFrame
        The columns of `sentences` with ``holder_start``, ``holder_end``, ``target_start``,
        ``target_end``, ``holder`` and ``target``: the first such pair of mentions of two
        actors in each sentence, see `stancekit.relating.holder_pairs`.
    """
    finder = ActorFinder()
    columns = [*_COLUMNS, *RELATIONS.integers, "holder", "target"]
    documents = sentences.groupby("doc_id", sort=False)
    rows = [row for _, document in documents for row in _pairs(document, finder)]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(RELATIONS.integers, int))


def _articles(folder: Path) -> pd.DataFrame:
    paths = sorted(folder.rglob("*.txt"))
    if not paths:
        raise InputError(f"{folder}: expected a folder with .txt files; found none")
    rows = [
        row
        for path in paths
        for row in _split(path.relative_to(folder).with_suffix("").as_posix(), _read_text(path))
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _table(source: Source, stem: str) -> pd.DataFrame:
    frame = read_table(source, SENTENCES).reset_index(drop=True)
    if "doc_id" not in frame:
        frame["doc_id"] = [f"{stem}-{row}" for row in range(len(frame))]
    frame = frame[frame["text"].str.strip() != ""].astype({"doc_id": str})
    if "sentence_id" in frame:
        return frame[_COLUMNS].reset_index(drop=True)
    texts = frame.groupby("doc_id", sort=False)["text"].agg("\n\n".join)
    rows = [row for doc_id, text in texts.items() for row in _split(str(doc_id), text)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _split(doc_id: str, text: str) -> Iterator[tuple[str, str, str]]:
    number = 0
    for sentence in split_article(text):
        if sentence.role == "headline":
            yield doc_id, HEADLINE, sentence.text
        elif sentence.role == "body":
            number += 1
            yield doc_id, f"S{number}", sentence.text


def _targets(
    document: pd.DataFrame, finder: ActorFinder
) -> Iterator[tuple[str, str, str, int, int, str]]:
    article = _parsed(document, finder)
    found = {
        (mention.sentence, actor.name): mention
        for actor in article.actors
        if actor.kind != "place"
        for mention in reversed(actor.mentions)
    }
    for (at, name), mention in sorted(found.items(), key=lambda item: item[1].start):
        doc_id, sentence_id, text = document[_COLUMNS].iloc[at]
        offset = article.sentences[at].start
        yield doc_id, sentence_id, text, mention.start - offset, mention.end - offset, name


def _pairs(
    document: pd.DataFrame, finder: ActorFinder
) -> Iterator[tuple[str, str, str, int, int, int, int, str, str]]:
    article = _parsed(document, finder)
    judged = (actor for actor in article.actors if actor.kind != "place")
    targets = [(mention, actor) for actor in judged for mention in actor.mentions]
    found = {
        (target.sentence, holder_actor.name, actor.name): (holder, target)
        for (holder, holder_actor), (target, actor) in reversed(holder_pairs(article, targets))
    }
    for (at, *names), mentions in sorted(found.items(), key=lambda item: item[1][1].start):
        doc_id, sentence_id, text = document[_COLUMNS].iloc[at]
        first = article.sentences[at].start
        holder, target = ((one.start - first, one.end - first) for one in mentions)
        yield doc_id, sentence_id, text, *holder, *target, names[0], names[1]


def _parsed(document: pd.DataFrame, finder: ActorFinder) -> Article:
    texts = document["text"].tolist()
    has_headline = document["sentence_id"].iloc[0] == HEADLINE
    return parse_sentences(texts, finder=finder, has_headline=has_headline)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except UnicodeDecodeError as error:
        raise not_utf8(str(path), error) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
