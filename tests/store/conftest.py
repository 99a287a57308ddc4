from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from stancekit.encoder import Encoder
from stancekit.fit import fit_model
from stancekit.model import Model
from stancekit.store import save
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, read_table

GOLDEN = Path(__file__).parents[1] / "golden"
ENCODER = Path(__file__).parents[1] / "encoder" / "data"


@pytest.fixture(scope="session")
def model() -> Model:
    """A real, tiny model."""
    made = fit_model(
        claims=read_table(GOLDEN / "claims.csv", CLAIMS),
        stances=read_table(GOLDEN / "stances.csv", STANCES_TABLE),
        name="tiny",
    )
    made.about |= {"description": "For tests.", "limits": ["Knows next to nothing."]}
    return made


@pytest.fixture(scope="session")
def rebased(model: Model) -> Model:
    """A model whose stance head starts from another's scores."""
    return fit_model(
        stances=read_table(GOLDEN / "stances.csv", STANCES_TABLE), base=model, name="rebased"
    )


PAIR_COLUMNS = ["text", "holder_start", "holder_end", "target_start", "target_end", "stance"]
PAIRS = [
    ("Velmark praised Tarrin.", 0, 7, 16, 22, "supportive"),
    ("Velmark condemned Tarrin.", 0, 7, 18, 24, "critical"),
    ("Velmark met Tarrin.", 0, 7, 12, 18, "neutral"),
] * 4


@pytest.fixture(scope="session")
def neural() -> Model:
    """A model with an encoder, a tiny one."""
    files = [(ENCODER / name).read_bytes() for name in ("encoder.onnx", "tokenizer.json")]
    return fit_model(
        claims=read_table(GOLDEN / "claims.csv", CLAIMS),
        relations=read_table(pd.DataFrame(PAIRS, columns=PAIR_COLUMNS), RELATIONS),
        encoder=Encoder(*files),
        name="neural",
    )


@pytest.fixture(scope="session")
def _pristine(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(model, tmp_path_factory.mktemp("saved") / "tiny")


@pytest.fixture
def saved(_pristine: Path, tmp_path: Path) -> Path:
    """A saved model to spoil."""
    return Path(shutil.copytree(_pristine, tmp_path / "tiny"))


@pytest.fixture(scope="module")
def shared(_pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model for tests that put back what they spoil."""
    return Path(shutil.copytree(_pristine, tmp_path_factory.mktemp("shared") / "tiny"))
