from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture
def damaged() -> Callable[[str], Path]:
    """Find a table of which every row has the fault that the tests name."""
    return lambda kind: Path(__file__).with_name(f"damaged_{kind}.csv")


@pytest.fixture
def stances() -> Callable[..., pd.DataFrame]:
    """Build a table of stances from (doc_id, text, target, stance), spans at the first mention."""

    def build(*rows: tuple[str, str, str, str], **columns: object) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=["doc_id", "text", "actor", "stance"])
        frame["sentence_id"] = [f"S{row}" for row in range(len(frame))]
        frame["start"] = [text.find(actor) for _, text, actor, _ in rows]
        frame["end"] = frame["start"] + frame["actor"].str.len()
        return frame.assign(**columns)

    return build


@pytest.fixture
def claims() -> Callable[..., pd.DataFrame]:
    """Build a table of claims from (doc_id, sentence_id, text, claim_types)."""

    def build(*rows: tuple[str, str, str, str], **columns: object) -> pd.DataFrame:
        names = ["doc_id", "sentence_id", "text", "claim_types"]
        return pd.DataFrame(rows, columns=names).assign(**columns)

    return build
