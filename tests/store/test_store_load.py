from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stancekit.errors import ModelError
from stancekit.model import Model
from stancekit.saved.manifest import MANIFEST
from stancekit.store import Summary, available, load, save

loading = sys.modules["stancekit.store.load"]


@pytest.fixture
def bundled(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of bundled models of our own."""
    folder = tmp_path / "models"
    for name in (loading.DEFAULT, "news-tiny"):
        save(Model(stances=model.stances, name=name, about=model.about), folder / name)
    (folder / "README.md").write_text("Models.")
    monkeypatch.setattr(loading, "_models", lambda: folder)
    loading._load_bundled.cache_clear()
    yield folder
    loading._load_bundled.cache_clear()


@pytest.mark.usefixtures("bundled")
def test_a_bundled_model_is_loaded_by_name_and_once() -> None:
    assert load().name == "news-encoder"
    assert load("news-tiny").name == "news-tiny"
    assert load("news-encoder") is load()


def test_a_path_is_loaded_each_time(saved: Path) -> None:
    assert load(saved) is not load(saved)
    assert load(str(saved)).name == "tiny"


@pytest.mark.usefixtures("bundled")
def test_a_name_wins_over_a_folder(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved.parent)
    saved.rename(saved.parent / "news-tiny")
    assert load("news-tiny").name == "news-tiny"
    assert load("./news-tiny").name == "tiny"
    assert load(Path("news-tiny")).name == "tiny"


def test_a_linked_folder_may_be_loaded(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(saved)
    assert load(tmp_path / "latest").name == "tiny"


def test_bundled_files_may_be_hard_links(bundled: Path, tmp_path: Path) -> None:
    for path in (bundled / "news-tiny").iterdir():
        (tmp_path / path.name).hardlink_to(path)
    assert load("news-tiny").name == "news-tiny"
    with pytest.raises(ModelError, match="found a hard link"):
        load(bundled / "news-tiny")


def test_a_bundled_model_is_checked_too(bundled: Path) -> None:
    (bundled / "news-tiny" / "stances.skops").write_bytes(b"PK")
    with pytest.raises(ModelError, match=r"stances\.skops: expected [\d,]+ bytes; found 2"):
        load("news-tiny")


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("news-encodr", r"no model 'news-encodr' \(did you mean 'news-encoder'\?\)"),
        ("banana", r"no model 'banana': .*\(news-encoder, news-tiny\)"),
        ("", r"no model '': expected a bundled model"),
        ("a\0b", r"no model 'a\\x00b'"),
        ("\ud800", r"no model '\\ud800'"),
        ("missing/folder", r"no model 'missing/folder': .* or the folder of a saved one"),
    ],
)
def test_an_unknown_model_is_named_beside_the_known(name: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        load(name)


def test_without_bundled_models_the_error_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_models", lambda: tmp_path)
    assert available() == []
    with pytest.raises(ModelError, match="none is installed"):
        load()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"expected the folder of a saved model; .*no {MANIFEST}"):
        load(tmp_path)
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(ModelError, match="expected the folder of a saved model; found no folder"):
        load(tmp_path / "file.txt")


def test_what_the_disk_refuses_is_an_error_of_ours(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", refuse)
    with pytest.raises(ModelError, match="can't be read: Permission denied"):
        load(saved)


def test_bundled_models_are_summarised(bundled: Path) -> None:
    first, second = available()
    assert (first.name, second.name) == ("news-encoder", "news-tiny")
    assert isinstance(first, Summary)
    assert first.claim_labels == ()
    assert first.stance_labels == ("supportive", "neutral", "critical")
    assert first.description == "For tests."
    files = [p for p in (bundled / "news-encoder").iterdir() if p.name != MANIFEST]
    assert first.n_bytes == sum(path.stat().st_size for path in files)


def test_every_installed_model_loads_and_is_small() -> None:
    summaries = available()
    assert sum(summary.n_bytes for summary in summaries) <= 100_000_000
    for summary in summaries:
        assert summary.n_bytes <= (70e6 if summary.name == "news-encoder-large" else 25e6)
        model = load(summary.name)
        assert model.name == summary.name
        assert model.claim_labels == summary.claim_labels


def test_loading_never_imports_what_it_does_not_need(saved: Path) -> None:
    code = (
        "import sys; from stancekit.store import load; load(sys.argv[1]);"
        "print([m for m in ('skops', 'pandera', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(saved)], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
