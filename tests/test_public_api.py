from __future__ import annotations

import inspect
import json
import subprocess
import sys
from importlib.metadata import version

import pytest

import stancekit

PROMISED = {
    "Article",
    "ClaimClassifier",
    "Model",
    "StanceClassifier",
    "StancekitError",
    "analyze",
    "evaluate",
    "load",
    "train",
}
"""Names that users' code may rely on for good."""

OFFERED = {"Explanation", "InputError", "ModelError", "TableError", "__version__", "examine"}
"""Further names; to drop one is a change for the changelog."""

HEAVY = {
    *("torch", "matplotlib", "pandas", "sklearn", "scipy", "pandera", "numpy", "nupunkt"),
    *("onnxruntime", "tokenizers", "rich", "skops"),
}


def modules_after(code: str) -> set[str]:
    """Run code in a fresh process; return the top-level packages that it loaded."""
    code = (
        f"{code}\nimport json, sys; print(json.dumps([name.split('.')[0] for name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_exported_names() -> None:
    assert set(stancekit.__all__) == PROMISED | OFFERED
    assert stancekit.__all__ == sorted(set(stancekit.__all__))
    assert set(dir(stancekit)) >= set(stancekit.__all__)


@pytest.mark.parametrize("name", stancekit.__all__)
def test_every_name_is_there_and_explained(name: str) -> None:
    found = getattr(stancekit, name)
    assert name == "__version__" or inspect.getdoc(found)


def test_names_are_found_from_a_star_import() -> None:
    assert "stancekit" in modules_after("from stancekit import *\nassert analyze and Article")


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'stancekit' has no attribute 'analyse'"):
        stancekit.analyse  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'analyse'"):
        from stancekit import analyse  # noqa: F401


def test_version_is_that_of_the_package() -> None:
    assert stancekit.__version__ == version("stancekit")


def test_import_is_light() -> None:
    assert not modules_after("import stancekit") & HEAVY


@pytest.mark.parametrize("name", ["Article", "StancekitError", "Explanation"])
def test_light_names_stay_light(name: str) -> None:
    assert not modules_after(f"from stancekit import {name}") & HEAVY


@pytest.mark.parametrize("name", ["Model", "train", "evaluate", "analyze"])
def test_work_needs_neither_torch_nor_matplotlib(name: str) -> None:
    assert not modules_after(f"from stancekit import {name}") & {"torch", "matplotlib", "dask"}


@pytest.mark.parametrize("room", ["actors", "quotes", "parse", "tagging", "features.frames"])
def test_reading_by_rules_needs_no_estimator(room: str) -> None:
    loaded = modules_after(f"import stancekit.{room}")
    assert not loaded & {"sklearn", "scipy", "rich", "onnxruntime", "tokenizers"}
