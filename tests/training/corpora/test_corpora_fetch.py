from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stancekit.errors import InputError
from training.corpora import __main__ as command
from training.corpora import catalogue, fetch, registry
from training.corpora.catalogue import CORPORA, Corpus, select
from training.corpora.fetch import fetch_corpora, keep_articles
from training.corpora.files import text_digest
from training.corpora.registry import load_registry, mismatches, registered, verify

FILES = {"zoo/data/a b.txt": "one\n", "zoo/b.txt": "two\n"}
ZOO = Corpus("zoo", "zoo", "keeper/zoo", "0abc", "MIT", "", {}, {"b.txt": "moved/b.txt"})


@pytest.fixture
def small_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = {file: hashlib.sha256(text.encode()).hexdigest() for file, text in FILES.items()}
    monkeypatch.setattr(registry, "load_registry", lambda: digests)


@pytest.fixture
def mirror(put, tmp_path: Path) -> Path:
    for file, text in FILES.items():
        put(f"mirror/{file}", text)
    return tmp_path / "mirror"


@pytest.fixture
def server(put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    put("www/keeper/zoo/0abc/data/a b.txt", FILES["zoo/data/a b.txt"])
    put("www/keeper/zoo/0abc/moved/b.txt", FILES["zoo/b.txt"])
    handler = partial(_Quiet, directory=str(tmp_path / "www"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        monkeypatch.setattr(catalogue, "RAW_ADDRESS", f"http://127.0.0.1:{http.server_port}")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield http
        http.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.usefixtures("small_registry")
def test_a_mirror_is_copied_and_verified(mirror, tmp_path):
    root = tmp_path / "root"
    assert list(fetch_corpora(root, [ZOO], mirror=mirror)) == list(FILES)
    verify(root, [ZOO])
    assert (root / "zoo/b.txt").read_text() == "two\n"


@pytest.mark.usefixtures("small_registry")
def test_files_that_are_there_and_verified_are_not_fetched_again(mirror, tmp_path):
    root = tmp_path / "root"
    list(fetch_corpora(root, [ZOO], mirror=mirror))
    (mirror / "zoo/data/a b.txt").unlink()
    (root / "zoo/b.txt").write_text("cut sho")
    assert list(fetch_corpora(root, [ZOO], mirror=mirror)) == list(FILES)
    verify(root, [ZOO])


@pytest.mark.usefixtures("small_registry")
def test_a_wrong_file_never_reaches_the_folder(mirror, tmp_path):
    root = tmp_path / "root"
    (mirror / "zoo/b.txt").write_text("tampered")
    with pytest.raises(InputError, match=r"expected zoo/b\.txt with sha256 [0-9a-f]{64}, found"):
        list(fetch_corpora(root, [ZOO], mirror=mirror))
    assert [path.name for path in root.rglob("*") if path.is_file()] == ["a b.txt"]


@pytest.mark.usefixtures("small_registry", "server")
def test_downloads_follow_the_upstream_layout(tmp_path):
    root = tmp_path / "root"
    assert list(fetch_corpora(root, [ZOO])) == list(FILES)
    verify(root, [ZOO])


@pytest.mark.usefixtures("small_registry", "server")
def test_a_file_that_upstream_lacks_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "RETRIES", 0)
    (tmp_path / "www/keeper/zoo/0abc/moved/b.txt").unlink()
    with pytest.raises(InputError, match=r"moved/b\.txt: expected zoo/b\.txt .*\n?.*404"):
        list(fetch_corpora(tmp_path / "root", [ZOO]))


@pytest.mark.usefixtures("server")
def test_downloaded_articles_are_cut_to_those_of_the_corpus(put, tmp_path, monkeypatch):
    header, mine = (
        "url,date,title,text\n",
        'u/1,2019-01-01,"Rain, again","It ""rained"".\n\nYes."\n',
    )
    file = "wikinews/data/wikinews_2019.csv"
    put("www/w/w/0abc/data/wikinews_2019.csv", header + "u/2,2019-01-02,Sun,Dry.\n" + mine)
    digest = hashlib.sha256((header + mine).encode()).hexdigest()
    monkeypatch.setattr(registry, "load_registry", lambda: {file: digest})
    monkeypatch.setattr(fetch, "kept_articles", lambda: frozenset({text_digest("u/1")}))
    corpus = Corpus("wikinews", "wikinews", "w/w", "0abc", "CC BY 2.5", "", {})
    list(fetch_corpora(tmp_path / "root", [corpus]))
    assert (tmp_path / "root" / file).read_text() == header + mine


def test_keeping_all_articles_changes_no_byte(put):
    text = 'url,date,title,text\nu/1,2019-01-01,"Rain, again","It ""rained"".\n\n Yes. "\nu/2,,,\n'
    path = put("articles.csv", text)
    keep_articles(path, frozenset(map(text_digest, ("u/1", "u/2"))))
    assert path.read_bytes() == text.encode()


@pytest.mark.usefixtures("small_registry")
def test_verify_names_file_expected_and_got(put, tmp_path):
    put("zoo/b.txt", "tampered")
    got = hashlib.sha256(b"tampered").hexdigest()
    expected = hashlib.sha256(b"two\n").hexdigest()
    with pytest.raises(InputError, match=rf"zoo/b\.txt: expected sha256 {expected}, got {got}"):
        verify(tmp_path, [ZOO])
    assert [mismatch.got for mismatch in mismatches(tmp_path, ZOO)] == [None, got]


def test_every_registered_file_belongs_to_one_corpus_and_every_corpus_has_files():
    owned = [file for corpus in CORPORA for file in registered(corpus)]
    assert sorted(owned) == sorted(load_registry())
    assert all(registered(corpus) for corpus in CORPORA)


def test_only_training_and_development_parts_are_registered():
    parts = {part for file in load_registry() for part in Path(file).with_suffix("").parts}
    assert not parts & {"test", "devtest", "fixed_test", "random_test"}


def test_an_unknown_corpus_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"found 'persnt' \(did you mean 'persent'\?\)"):
        select(["persnt"])


@pytest.mark.usefixtures("small_registry")
def test_the_command_fetches_and_lists(mirror, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "CORPORA", (ZOO,))
    monkeypatch.setattr(command, "select", lambda _: (ZOO,))
    root = str(tmp_path / "root")
    runner = CliRunner()
    assert "absent" in runner.invoke(command.app, ["list", "--corpora", root]).output
    fetched = runner.invoke(command.app, ["fetch", "--to", root, "--mirror", str(mirror)])
    assert "2/2" in fetched.output
    assert "verified" in runner.invoke(command.app, ["list", "--corpora", root]).output
    Path(root, "zoo/b.txt").write_text("tampered")
    assert "1 differ" in runner.invoke(command.app, ["list", "--corpora", root]).output
