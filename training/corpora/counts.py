"""How much each reader finds, against what the catalogue says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from stancekit.errors import InputError
from training.corpora.catalogue import Corpus
from training.corpora.conll import DOMAINS, SPLITS, read_conll
from training.corpora.directed import read_directed
from training.corpora.newsdiscourse import read_newsdiscourse
from training.corpora.newsmtsc import read_newsmtsc
from training.corpora.persent import read_persent
from training.corpora.polnear import read_polnear
from training.corpora.wikinews import read_wikinews


def check_counts(root: Path, corpus: Corpus) -> None:
    """Read a corpus and compare its size with the catalogue.

    Raises
    ------
    InputError
        When a count differs, naming each.
    """
    found = COUNTS[corpus.name](root)
    lines = [
        f"  {unit}: expected {number:,}, found {found[unit]:,}"
        for unit, number in corpus.counts.items()
        if found[unit] != number
    ]
    if lines:
        raise InputError("\n".join([f"{root / corpus.folder}: counts differ", *lines]))


def _newsmtsc(root: Path) -> dict[str, int]:
    targets = read_newsmtsc(root)
    return {"sentences": targets["sentence_id"].nunique(), "targets": len(targets)}


def _directed(root: Path) -> dict[str, int]:
    pairs = read_directed(root).drop_duplicates("pair_id")
    return {
        "train pairs": int((pairs["split"] == "train").sum()),
        "dev pairs": int((pairs["split"] == "dev").sum()),
        "leaked dev pairs": int(pairs["leaked"].sum()),
    }


def _newsdiscourse(root: Path) -> dict[str, int]:
    sentences = read_newsdiscourse(root)
    articles = sentences.drop_duplicates("doc_id")["split"]
    return {
        "train articles": int((articles == "train").sum()),
        "dev articles": int((articles == "dev").sum()),
        "sentences": len(sentences),
    }


def _polnear(root: Path) -> dict[str, int]:
    parts = {split: read_polnear(root, split) for split in ("train", "dev")}
    articles = {f"{split} articles": len(part.articles) for split, part in parts.items()}
    identity = ["doc_id", "attribution_id"]
    attributions = [part.attributions.drop_duplicates(identity) for part in parts.values()]
    return articles | {"attributions": sum(map(len, attributions))}


def _crossner(root: Path) -> dict[str, int]:
    counts = {}
    for domain in DOMAINS:
        sentences = read_conll(root, domain).drop_duplicates("sentence")["split"]
        for split in SPLITS:
            counts[f"{domain} {split} sentences"] = int((sentences == split).sum())
    return counts


COUNTS: Mapping[str, Callable[[Path], dict[str, int]]] = {
    "newsmtsc": _newsmtsc,
    "directed": _directed,
    "newsdiscourse": _newsdiscourse,
    "polnear": _polnear,
    "crossner": _crossner,
    "persent": lambda root: {"documents": len(read_persent(root))},
    "wikinews": lambda root: {"articles": len(read_wikinews(root))},
}
