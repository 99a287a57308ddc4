from __future__ import annotations

from pathlib import Path
from typing import Any

from stancekit.saved.card import render_card
from stancekit.saved.heads import STANCES
from stancekit.saved.manifest import FileRecord, Manifest


def card(**fields: Any) -> str:
    return render_card(
        Manifest(
            name="news-tiny",
            stancekit="0.1.0",
            libraries={"numpy": "2.0"},
            labels={"claims": ("prediction",), "stances": ("supportive",)},
            thresholds={"prediction": 0.25},
            files={STANCES.file: FileRecord.of(b"")},
            **fields,
        )
    )


def test_the_card_of_a_saved_model_is_beside_it(saved: Path) -> None:
    text = (saved / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# tiny\n\nFor tests.\n\n## Labels\n")
    assert "- Knows next to nothing." in text


def test_labels_come_with_their_thresholds() -> None:
    assert "| prediction | sentence | 0.250 |" in card()
    assert "| supportive | sentence and actor | the highest |" in card()


def test_data_say_who_labelled_and_under_which_licence() -> None:
    record = {"table": "claims", "rows": 3, "labels by": "two readers", "licence": "CC BY 4.0"}
    text = card(data=({**record, "sha256": "0123456789abcdef"}, {"table": "stances"}))
    assert "| table | rows | labels by | licence | sha256 |" in text
    assert "| claims | 3 | two readers | CC BY 4.0 | 0123456789ab |" in text
    assert "| stances |  |  |  |  |" in text


def test_scores_come_with_their_intervals_side_by_side() -> None:
    place = {"task": "claims", "label": "prediction", "n": 120.0}
    text = card(
        scores=(
            {**place, "metric": "f1", "value": 0.6543, "low": 0.61, "high": 0.7},
            {**place, "metric": "recall", "value": 1.0, "low": None, "high": None},
            {"task": "claims", "metric": "ece", "value": None},
        )
    )
    assert "| task | label | n | f1 | recall | ece |" in text
    assert "| claims | prediction | 120 | 0.654 [0.610, 0.700] | 1.000 |  |" in text
    assert "| claims |  |  |  |  |  |" in text
    assert "bootstrap interval" in text
    assert "bootstrap interval" not in card(scores=({"metric": "f1", "value": 0.5},))


def test_what_the_model_is_silent_about_is_left_out() -> None:
    text = card()
    for heading in ("## Training data", "## Scores", "## Limits"):
        assert heading not in text


def test_cells_cannot_break_the_table() -> None:
    text = card(data=({"source": "a|b\nc", "years": [2024, 2025]},), limits=("Two\nlines.",))
    assert "| a\\|b c | 2024, 2025 |" in text
    assert "- Two lines.\n" in text


def test_the_card_promises_no_safety() -> None:
    assert "more secure" in card()
    assert "safe" not in card().replace("more secure", "").lower()
