from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from stancekit.classify.claims import ClaimClassifier
from stancekit.errors import InputError, ModelError
from stancekit.model import Model
from stancekit.saved import save as saving
from stancekit.saved.manifest import MANIFEST
from stancekit.store import load, save


@pytest.fixture
def other(model: Model) -> Model:
    return Model(stances=model.stances, name="other")


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_folders_above_are_made(model: Model, tmp_path: Path) -> None:
    made = save(model, tmp_path / "a" / "b")
    assert made == tmp_path / "a" / "b"
    assert entries(made) == ["README.md", "claims.skops", "manifest.json", "stances.skops"]
    assert entries(tmp_path / "a") == ["b"]


def test_a_relative_path_is_taken_from_here(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert save(model, "mine") == tmp_path / "mine"


def test_an_empty_folder_is_filled(model: Model, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert load(save(model, tmp_path / "empty")).name == "tiny"


def test_a_model_is_replaced_on_request_alone(other: Model, saved: Path) -> None:
    with pytest.raises(InputError, match=r"exists already; .* overwrite=True"):
        save(other, saved)
    assert load(saved).name == "tiny"
    save(other, saved, overwrite=True)
    assert load(saved).name == "other"
    assert entries(saved.parent) == ["tiny"]


def test_what_is_no_model_is_never_replaced(model: Model, tmp_path: Path) -> None:
    folder, file = tmp_path / "thesis", tmp_path / "thesis.txt"
    folder.mkdir()
    (folder / "chapter-1.txt").write_text("Long.")
    file.write_text("Longer.")
    with pytest.raises(InputError, match=f"no saved model, .*no {MANIFEST} in it"):
        save(model, folder, overwrite=True)
    with pytest.raises(InputError, match=r"no saved model, .*found no folder"):
        save(model, file, overwrite=True)
    assert (folder / "chapter-1.txt").read_text() == "Long."
    assert file.read_text() == "Longer."


@pytest.mark.parametrize("name", ["notes.txt", ".git"])
def test_a_model_with_files_of_the_users_is_never_replaced(
    other: Model, saved: Path, name: str
) -> None:
    (saved / name).write_text("Mine.")
    with pytest.raises(InputError, match=f"also holds {name}"):
        save(other, saved, overwrite=True)
    assert (saved / name).read_text() == "Mine."


def test_a_link_is_never_replaced(other: Model, saved: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(saved)
    with pytest.raises(InputError, match=r"is no saved model, .*: a link"):
        save(other, tmp_path / "latest", overwrite=True)
    assert load(tmp_path / "latest").name == "tiny"


def test_a_place_below_a_file_is_an_input_error(model: Model, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="can't be written here"):
        save(model, tmp_path / "file" / "model")


@pytest.mark.parametrize("n_written", [0, 1, 3])
def test_a_full_disk_leaves_the_old_model(
    other: Model, saved: Path, monkeypatch: pytest.MonkeyPatch, n_written: int
) -> None:
    left = iter(range(n_written))

    def fill_up(_: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", fill_up)
    model = Model(claims=load(saved).claims, stances=other.stances, name="new")
    with pytest.raises(InputError, match="No space left on device"):
        save(model, saved, overwrite=True)
    assert load(saved).name == "tiny"
    assert entries(saved.parent) == ["tiny"]


@pytest.mark.parametrize("at_rename", [1, 2])
def test_an_interruption_of_the_move_leaves_the_old_model(
    other: Model, saved: Path, monkeypatch: pytest.MonkeyPatch, at_rename: int
) -> None:
    calls = iter(range(1, 9))
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if next(calls) == at_rename:
            raise KeyboardInterrupt("by hand")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt, match="by hand"):
        save(other, saved, overwrite=True)
    assert load(saved).name == "tiny"
    assert entries(saved.parent) == ["tiny"]


def test_a_killed_process_leaves_the_old_model(saved: Path) -> None:
    code = (
        "import os, sys\n"
        "from stancekit.store import load, save\n"
        "os.fsync = lambda _: os._exit(9)\n"
        "save(load(sys.argv[1]), sys.argv[1], overwrite=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(saved)], check=False)
    assert done.returncode == 9
    assert load(saved).name == "tiny"


def test_the_folder_can_be_read_by_whom_the_umask_lets(model: Model, tmp_path: Path) -> None:
    (tmp_path / "like").mkdir()
    made = save(model, tmp_path / "model")
    assert made.stat().st_mode == (tmp_path / "like").stat().st_mode


def test_a_model_without_heads_has_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="model 'none' has no head to save"):
        save(Model(name="none"), tmp_path / "none")


def test_an_unfitted_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="model 'new': its ClaimClassifier isn't fitted"):
        save(Model(claims=ClaimClassifier(), name="new"), tmp_path / "new")


def test_what_could_not_be_loaded_is_not_saved(model: Model, tmp_path: Path) -> None:
    head = ClaimClassifier(features=FeatureUnion([("words", TfidfVectorizer())]))
    head.__dict__.update({k: v for k, v in model.claims.__dict__.items() if k.endswith("_")})
    with pytest.raises(ModelError, match=r"claims\.skops: .*may not hold: .*TfidfVectorizer"):
        save(Model(claims=head), tmp_path / "foreign")
    assert entries(tmp_path) == []


def test_a_name_of_two_lines_is_refused(model: Model, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest\.json: name: expected one line of text"):
        save(Model(stances=model.stances, name="a\nb"), tmp_path / "model")
    assert entries(tmp_path) == []


def test_the_progress_bar_goes_to_standard_error(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(model, tmp_path / "loud", progress=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err
