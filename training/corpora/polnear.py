"""PolNeAR: every attribution of political news, with its source, cue and content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from training.corpora.files import read_text, require

FOLDERS = {"train": "PolNeAR/data/train", "dev": "PolNeAR/data/dev"}
ROLE_OF = {"Source": "source", "Cue": "cue", "Content": "content"}
SPAN_LINE = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t.*")
EVENT_LINE = re.compile(r"(E\d+)\t(\S+:T\d+(?: \S+:T\d+)*) *")
NOTE_MARK = "#"
DIGITS = "0123456789"


@dataclass(frozen=True)
class PolNeAR:
    """Articles and the attributions in them.

    Attributes
    ----------
    articles
        Columns ``doc_id, text, split, source``.
    attributions
        Columns ``doc_id, attribution_id, role, start, end``; ``role`` is ``"source"``, ``"cue"``
        or ``"content"``; offsets are character offsets in the article's text, end exclusive. A
        discontinuous span gives one row per piece.
    n_skipped
        Malformed lines and references to spans that are not in the file.
    """

    articles: pd.DataFrame
    attributions: pd.DataFrame
    n_skipped: int


def read_polnear(root: Path, split: str) -> PolNeAR:
    """Read one part; where an article has several annotators, the first by code counts.

    Parameters
    ----------
    root
        The folder that holds all corpora.
    split
        ``"train"`` or ``"dev"``.

    Raises
    ------
    InputError
        When the folder is missing.
    """
    folder = root / FOLDERS[split]
    articles, attributions, n_skipped = [], [], 0
    for doc_id, path in _first_annotations(folder / "attributions"):
        text = read_text(folder / "text" / f"{doc_id}.txt")
        articles.append({"doc_id": doc_id, "text": text, "split": split, "source": "polnear"})
        parsed = _Annotation(read_text(path))
        attributions += [{"doc_id": doc_id} | row for row in parsed.rows()]
        n_skipped += parsed.n_skipped
    return PolNeAR(pd.DataFrame(articles), pd.DataFrame(attributions), n_skipped)


def _first_annotations(folder: Path) -> list[tuple[str, Path]]:
    paths: dict[str, Path] = {}
    for path in sorted(require(folder).glob("*.ann")):
        paths.setdefault(path.stem.rpartition("_")[0], path)
    return list(paths.items())


class _Annotation:
    """The spans and events of one brat file."""

    def __init__(self, annotation: str) -> None:
        self.spans: dict[str, str] = {}
        self.events: list[tuple[str, str]] = []
        self.n_skipped = 0
        for line in annotation.splitlines():
            self._add(line)

    def _add(self, line: str) -> None:
        if match := SPAN_LINE.fullmatch(line):
            self.spans[match[1]] = match[2]
        elif match := EVENT_LINE.fullmatch(line):
            self.events.append((match[1], match[2]))
        elif line.strip() and not line.startswith(NOTE_MARK):
            self.n_skipped += 1

    def rows(self) -> Iterator[dict[str, object]]:
        for event_id, arguments in self.events:
            for argument in arguments.split():
                name, _, span_id = argument.partition(":")
                role = ROLE_OF.get(name.rstrip(DIGITS))
                if role and span_id in self.spans:
                    yield from _pieces(event_id, role, self.spans[span_id])
                elif role:
                    self.n_skipped += 1


def _pieces(event_id: str, role: str, spans: str) -> Iterator[dict[str, object]]:
    for piece in spans.split(";"):
        start, end = map(int, piece.split())
        yield {"attribution_id": event_id, "role": role, "start": start, "end": end}
