"""Articles from files, folders and standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stancekit.cli.consoles import is_terminal, tell
from stancekit.errors import InputError, did_you_mean, not_utf8

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.model import Model

STDIN: Final = Path("-")
_TABLES: Final = (".csv", ".tsv", ".json", ".jsonl")
_SUFFIX = ".txt"
_MAX_SUFFIXES_SHOWN = 5


def find_articles(sources: Sequence[Path]) -> dict[str, Path]:
    """Find the articles of files, folders and ``-``, standard input.

    Parameters
    ----------
    sources
        A folder stands for all ``.txt`` files in it and its folders, sorted, but for
        hidden ones.

    Returns
    -------
    dict
        The ``doc_id`` of each article and where it is. The id is the path within the
        folder, or the name of the file, without its ending; the whole path where that
        would be the id of two articles.

    Raises
    ------
    InputError
        If a source is missing, or a folder has no article.
    """
    found = [
        (_name(path, source), path)
        for source in dict.fromkeys(sources)
        for path in _articles_of(source)
    ]
    named = dict(found)
    if len(named) == len(found):
        return named
    return {path.as_posix(): path for _, path in found}


def read_article(path: Path) -> str:
    """Read the text of an article.

    Raises
    ------
    InputError
        If it can't be read, or isn't UTF-8.
    """
    place = "standard input" if path == STDIN else str(path)
    if path.suffix.lower() in _TABLES:
        raise InputError(
            f"{place}: expected an article; found a table. Its rows are labelled in Python: "
            "stancekit.load().label_claims(frame)"
        )
    try:
        return _decode(_standard_input() if path == STDIN else path.read_bytes())
    except UnicodeDecodeError as error:
        raise not_utf8(place, error) from error
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror})") from error


def analyze_articles(
    model: Model,
    articles: Mapping[str, Path],
    *,
    date: str | None,
    actors: Sequence[str] | None,
    n_jobs: int,
) -> Iterator[tuple[str, Article]]:
    """Read articles one after the other, each with its name.

    Raises
    ------
    InputError
        At the first article that can't be read, after those before it.
    """
    failures: list[InputError] = []

    def texts() -> Iterator[str]:
        # Processes take texts from a thread of their own, where an error would be lost.
        for path in articles.values():
            try:
                yield read_article(path)
            except InputError as error:
                failures.append(error)
                return

    n_jobs = n_jobs if len(articles) > 1 else 1
    found = model.analyze_many(texts(), date=date, actors=actors, n_jobs=n_jobs)
    yield from zip(articles, found, strict=False)
    if failures:
        raise failures[0]


def _name(path: Path, source: Path) -> str:
    if path == STDIN:
        return "stdin"
    within = path.name if path == source else path.relative_to(source)
    return Path(within).with_suffix("").as_posix()


def _articles_of(source: Path) -> list[Path]:
    if source == STDIN:
        return [source]
    if not source.exists():
        near = did_you_mean(source.name, _names_beside(source))
        raise InputError(f"{source}: no such file or folder{near}")
    if not source.is_dir():
        return [source]
    files = [path for path in source.rglob("*") if _is_visible(path, source) and path.is_file()]
    articles = sorted(path for path in files if path.suffix.lower() == _SUFFIX)
    if not articles:
        raise InputError(f"{source}: expected a folder of .txt articles; found {_kinds(files)}")
    return articles


def _is_visible(path: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _kinds(files: Sequence[Path]) -> str:
    if not files:
        return "no files"
    suffixes = sorted({path.suffix or path.name for path in files})
    shown = ", ".join(islice(suffixes, _MAX_SUFFIXES_SHOWN))
    return f"{len(files):,} other {'file' if len(files) == 1 else 'files'} ({shown})"


def _names_beside(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir()]
    except OSError:
        return []


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input: expected an article; found it closed")
    if is_terminal(sys.stdin):
        tell("paste an article, then press Ctrl-D on an empty line.", "Reading", style="cyan")
    return sys.stdin.buffer.read()


def _decode(data: bytes) -> str:
    with io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig") as stream:
        return stream.read()
