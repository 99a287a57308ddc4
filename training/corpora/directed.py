"""Directed sentiment: which of two bracketed entities is for or against the other."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from stancekit.errors import InputError
from training.corpora.files import read_text, text_digest

FILES = {
    "train": "directed_sentiment_analysis/dataset/train.txt",
    "dev": "directed_sentiment_analysis/dataset/valid.txt",
}
# Stance of the first entity toward the second, and of the second toward the first.
STANCES_OF = {
    "0": ("neutral", "neutral"),
    "1": ("supportive", "neutral"),
    "2": ("neutral", "supportive"),
    "3": ("critical", "neutral"),
    "4": ("neutral", "critical"),
}
BRACKETED = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)")
APOSTROPHES = "'’"

Span = tuple[int, int]


def read_directed(root: Path) -> pd.DataFrame:
    """Read both parts as a relations table, two rows per pair: one for each direction.

    At most one direction of a pair is labelled upstream; the other is neutral.

    Parameters
    ----------
    root
        The folder that holds all corpora.

    Returns
    -------
    pandas.DataFrame
        Columns ``doc_id, sentence_id, pair_id, text, holder_start, holder_end, target_start,
        target_end, stance, label, leaked, split, source``. ``doc_id`` and ``sentence_id`` are
        the digest of ``text``, the sentence without brackets; ``pair_id`` names the upstream
        line; ``label`` is its label, ``"0"`` to ``"4"``; ``leaked`` marks the ``"dev"`` rows
        whose sentence is in ``"train"`` too: leave those out when scoring.

    Raises
    ------
    InputError
        When a file is missing or a line does not hold two brackets and a known label.
    """
    frame = pd.DataFrame(
        [row for split, file in FILES.items() for row in _file_rows(root / file, split)]
    )
    trained = set(frame.loc[frame["split"] == "train", "text"])
    return frame.assign(leaked=(frame["split"] == "dev") & frame["text"].isin(trained))


def unbracket(sentence: str) -> tuple[str, Span, Span]:
    """Take the two brackets out and complete the words that they cut.

    Raises
    ------
    ValueError
        When the sentence does not hold exactly two brackets.

    Examples
    --------
    >>> unbracket("The [Norweg]ian envoy met [Chad]'s premier.")
    ("The Norwegian envoy met Chad's premier.", (4, 13), (24, 28))
    """
    match = BRACKETED.fullmatch(sentence)
    if match is None:
        raise ValueError(f"expected two brackets, found {sentence!r}")
    before, first, between, second, after = match.groups()
    text = before + first + between + second + after
    start = len(before + first + between)
    return (
        text,
        _whole_words(text, len(before), len(before + first)),
        _whole_words(text, start, start + len(second)),
    )


def _whole_words(text: str, start: int, end: int) -> Span:
    while start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    if text[end - 1].isalnum() or text[end - 1] in APOSTROPHES:
        while end < len(text) and text[end].isalnum():
            end += 1
    return start, end


def _file_rows(path: Path, split: str) -> Iterator[dict[str, object]]:
    lines = csv.reader(read_text(path).splitlines(), delimiter="\t")
    for number, (sentence, *_, label) in enumerate(lines, 1):
        try:
            text, first, second = unbracket(sentence)
            forward, backward = STANCES_OF[label]
        except (KeyError, ValueError) as error:
            raise InputError(
                f"{path}: line {number}: expected a sentence with two brackets and a label of "
                f"0 to 4, found {error}. Fetch the file again."
            ) from error
        pair = _pair_cells(text, label, split, number)
        yield pair | _direction(first, second, forward)
        yield pair | _direction(second, first, backward)


def _pair_cells(text: str, label: str, split: str, number: int) -> dict[str, object]:
    digest = text_digest(text)
    return {
        "doc_id": digest,
        "sentence_id": digest,
        "pair_id": f"{split}-{number}",
        "text": text,
        "label": label,
        "split": split,
        "source": "directed",
    }


def _direction(holder: Span, target: Span, stance: str) -> dict[str, object]:
    return {
        "holder_start": holder[0],
        "holder_end": holder[1],
        "target_start": target[0],
        "target_end": target[1],
        "stance": stance,
    }
