"""Download the corpora, or copy them from a folder of the same layout; every file is verified."""

from __future__ import annotations

import csv
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pooch
import requests

from stancekit.errors import InputError
from training.corpora.catalogue import CORPORA, Corpus
from training.corpora.files import text_digest
from training.corpora.registry import registered

KEPT_ARTICLES = Path(__file__).with_name("wikinews_kept.txt")
ARTICLES = "wikinews/data/"
TIMEOUT = 60  # seconds without an answer
RETRIES = 3

Download = Callable[[str, str, pooch.Pooch], None]


def default_root() -> Path:
    """Return the folder that holds the corpora unless another one is given."""
    return Path(pooch.os_cache("stancekit"))


def fetch_corpora(
    root: Path, corpora: Iterable[Corpus] = CORPORA, *, mirror: Path | None = None
) -> Iterator[str]:
    """Bring every registered file into ``root``, one at a time.

    A file that is there and verified is left alone, so that an interrupted run goes on where it
    stopped. Each file is written aside, verified and moved into place.

    Parameters
    ----------
    root
        The folder that will hold all corpora; made when missing.
    corpora
        Which of them.
    mirror
        Copy from this folder, of the same layout, rather than from the network.

    Yields
    ------
    str
        The path below ``root`` of each file once it is there.

    Raises
    ------
    InputError
        When a file cannot be had or is not what the registry says.
    """
    for corpus in corpora:
        store = _store(root, corpus, mirror)
        for file in store.registry:
            _fetch(store, file, copy_file if mirror else _download_of(file))
            yield file


def copy_file(source: str, target: str, _: pooch.Pooch) -> None:
    """Copy a file from a mirror."""
    shutil.copyfile(source, target)


def download_articles(address: str, target: str, store: pooch.Pooch) -> None:
    """Download a file of articles and keep those that belong to this corpus.

    Upstream's other articles are set aside for evaluation.
    """
    pooch.HTTPDownloader(timeout=TIMEOUT)(address, target, store)
    keep_articles(Path(target), kept_articles())


def keep_articles(path: Path, digests: frozenset[str]) -> None:
    """Rewrite a CSV file without the rows the digest of whose ``url`` is not among these."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        names = rows.fieldnames or []
        kept = [row for row in rows if text_digest(row["url"]) in digests]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


@cache
def kept_articles() -> frozenset[str]:
    """Return the digests of the urls of the Wikinews articles that belong to the corpus."""
    return frozenset(KEPT_ARTICLES.read_text(encoding="utf-8").split())


def _store(root: Path, corpus: Corpus, mirror: Path | None) -> pooch.Pooch:
    files = registered(corpus)
    sources = {file: str(mirror / file) if mirror else corpus.address(file) for file in files}
    retries = 0 if mirror else RETRIES
    return pooch.create(
        path=root, base_url="", registry=files, urls=sources, retry_if_failed=retries
    )


def _download_of(file: str) -> Download:
    if file.startswith(ARTICLES):
        return download_articles
    download: Download = pooch.HTTPDownloader(timeout=TIMEOUT)
    return download


def _fetch(store: pooch.Pooch, file: str, download: Download) -> None:
    pooch.get_logger().setLevel(logging.WARNING)
    try:
        store.fetch(file, downloader=download)
    except (OSError, ValueError, requests.RequestException) as error:
        raise InputError(
            f"{store.get_url(file)}: expected {file} with sha256 {store.registry[file]}, "
            f"found: {error}\n"
            "What was fetched before is kept. Run the same command again, or give --mirror DIR."
        ) from error
