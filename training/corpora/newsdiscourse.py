"""NewsDiscourse: the content type of every sentence of whole articles, and who speaks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from training.corpora.files import require

FILES = {
    "train": "Discourse_Profiling/data/train.zip",
    "dev": "Discourse_Profiling/data/validation.zip",
}
NOT_ANNOTATED = "NA"
SPEECH = "Speech"
SENTENCE = re.compile(r"(H|S\d+)\s+(.*)")


@dataclass
class _Labels:
    content_type: str = ""
    speech: bool = False


def read_newsdiscourse(root: Path) -> pd.DataFrame:
    """Read the articles, one row per sentence, in the order of the article.

    Parameters
    ----------
    root
        The folder that holds all corpora.

    Returns
    -------
    pandas.DataFrame
        Columns ``doc_id, sentence_id, text, content_type, speech, split, source``. ``doc_id`` is
        the path inside the archive below its top folder, without suffix; ``sentence_id`` is
        ``"H"`` for the headline, then ``"S1"``, ``"S2"`` …; ``content_type`` is ``""`` for the
        headline and for what upstream marks NA; ``speech`` is true where someone is quoted.

    Raises
    ------
    InputError
        When a file is missing.
    """
    rows = [row for split, file in FILES.items() for row in _archive_rows(root / file, split)]
    return pd.DataFrame(rows)


def _archive_rows(path: Path, split: str) -> Iterator[dict[str, object]]:
    with zipfile.ZipFile(require(path)) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".txt") and not name.startswith("__MACOSX"):
                text = archive.read(name).decode("utf-8")
                labels = _labels(archive.read(f"{name[:-4]}.ann").decode("utf-8"))
                doc_id = name[:-4].split("/", 1)[1]
                for row in _sentence_rows(text, labels):
                    yield {"doc_id": doc_id} | row | {"split": split, "source": "newsdiscourse"}


def _sentence_rows(text: str, labels: dict[str, _Labels]) -> Iterator[dict[str, object]]:
    for line in text.splitlines():
        if match := SENTENCE.match(line):
            label = labels.get(match[1], _Labels())
            yield {
                "sentence_id": match[1],
                "text": match[2].strip(),
                "content_type": label.content_type,
                "speech": label.speech,
            }


def _labels(annotation: str) -> dict[str, _Labels]:
    labels: dict[str, _Labels] = {}
    for line in annotation.splitlines():
        if line.startswith("T"):
            _, label_and_span, marker = line.split("\t")
            # Two upstream markers lost their S ("1" for "S1").
            sentence = labels.setdefault("S" + marker.strip().removeprefix("S"), _Labels())
            name = label_and_span.split()[0]
            if name == SPEECH:
                sentence.speech = True
            elif name != NOT_ANNOTATED:
                sentence.content_type = name
    return labels
