from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from stancekit.doctor import Report, examine
from stancekit.doctor.mislabels import MOST

VERBS = {"supportive": "praised", "neutral": "visited", "critical": "condemned"}
CUES = {"prediction": "Prices will rise", "official_statement": "Prices rose, the minister said"}


def table_of_stances(n: int = 150) -> pd.DataFrame:
    stances = [list(VERBS)[row % 3] for row in range(n)]
    texts = [f"Peru {VERBS[stance]} Chile on day {row}." for row, stance in enumerate(stances)]
    frame = pd.DataFrame({"text": texts, "stance": stances, "actor": "Chile", "sentence_id": "S1"})
    frame["doc_id"] = [f"d{row // 5}" for row in range(n)]
    frame["start"] = frame["text"].str.index("Chile")
    return frame.assign(end=frame["start"] + len("Chile"))


def table_of_claims(n: int = 150) -> pd.DataFrame:
    types = [list(CUES)[row % 2] for row in range(n)]
    texts = [f"{CUES[name]} in week {row}." for row, name in enumerate(types)]
    frame = pd.DataFrame({"text": texts, "claim_types": types})
    frame["doc_id"] = [f"d{row // 5}" for row in range(n)]
    return frame.assign(sentence_id=[f"S{row % 5}" for row in range(n)])


def doubted(report: Report) -> list[int]:
    return [row for f in report.findings if f.check == "likely mislabel" for row in f.rows]


def test_wrong_stances_are_found() -> None:
    frame = table_of_stances()
    wrong = [10, 61, 122]
    frame.loc[wrong, "stance"] = ["critical", "critical", "neutral"]
    frame.loc[wrong, "text"] = [f"Peru praised Chile on day {row}." for row in wrong]
    report = examine(frame)
    assert sorted(doubted(report)[:3]) == wrong
    assert "'supportive' is 9" in next(f for f in report.findings if f.rows == (10,)).message


def test_wrong_claims_are_found() -> None:
    frame = table_of_claims()
    frame.loc[[20, 81], "claim_types"] = ["", "prediction"]
    report = examine(frame)
    assert sorted(doubted(report)[:2]) == [20, 81]
    missing = next(f for f in report.findings if f.rows == (20,))
    assert missing.message.startswith("labelled 'with no type'")


def test_right_labels_are_left_alone() -> None:
    assert doubted(examine(table_of_stances())) == []


def test_rows_that_cannot_be_read_are_no_obstacle() -> None:
    frame = table_of_stances().astype({"end": object})
    frame.loc[[0, 1], "end"] = ["", "9999"]
    frame.loc[2, "text"] = ""
    report = examine(frame)
    assert {"bad offsets", "empty text"} <= {finding.check for finding in report.findings}
    assert doubted(report) == []


def test_no_more_are_named_than_a_person_reads() -> None:
    frame = table_of_stances()
    frame["stance"] = np.random.default_rng(0).permutation(frame["stance"])
    assert 0 < len(doubted(examine(frame))) <= MOST * len(frame)


def test_a_missing_cleanlab_is_a_note_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleanlab", None)
    report = examine(table_of_stances())
    note = next(finding for finding in report.findings if finding.check == "likely mislabel")
    assert report.ok
    assert note.severity == "note"
    assert 'pip install "stancekit[train]"' in note.message


def test_it_can_be_left_out() -> None:
    report = examine(table_of_stances(20), likely_mislabels=False)
    assert "likely mislabel" not in {finding.check for finding in report.findings}
