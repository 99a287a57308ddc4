"""The two damaged tables: each fault is found, named and placed, and the safe ones mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from stancekit.doctor import examine, fix
from stancekit.tables import read_csv

Damaged = Callable[[str], Path]

STANCE_FAULTS = {
    ("error", "UTF-16 offsets", (6,), True),
    ("error", "stray white space", (20,), True),
    ("error", "label typo", (4,), True),
    ("error", "label typo", (17,), False),
    ("error", "empty text", (12,), False),
    ("error", "empty doc_id", (18,), False),
    ("error", "empty stance", (19,), False),
    ("error", "misplaced span", (7,), True),
    ("error", "other words", (8,), False),
    ("error", "conflicting labels", (10, 11), False),
    ("error", "document split apart", (14, 15), False),
    ("warning", "stray white space", (5,), True),
    ("warning", "exact duplicate", (9,), True),
    ("warning", "near-duplicate across splits", (14, 16), False),
    ("note", "scattered document", (13,), True),
    ("note", "likely mislabel", (), False),
}
CLAIM_FAULTS = {
    ("error", "stray white space", (13,), True),
    ("error", "label typo", (4,), True),
    ("error", "label typo", (5,), True),
    ("error", "conflicting labels", (9, 10, 11), False),
    ("warning", "stray white space", (12,), True),
    ("warning", "exact duplicate", (15,), True),
    ("warning", "scattered document", (6, 7, 8), True),
    ("note", "likely mislabel", (), False),
}


def faults(source: Path | pd.DataFrame) -> set[tuple[str, str, tuple[int, ...], bool]]:
    return {
        (finding.severity, finding.check, finding.rows, finding.fixable)
        for finding in examine(source).findings
        if finding.check != "class too small"
    }


def test_every_fault_of_the_stances_is_found_once(damaged: Damaged) -> None:
    assert faults(damaged("stances")) == STANCE_FAULTS


def test_every_fault_of_the_claims_is_found_once(damaged: Damaged) -> None:
    assert faults(damaged("claims")) == CLAIM_FAULTS


def test_classes_too_small_are_named_with_their_rows(damaged: Damaged) -> None:
    small = [f for f in examine(damaged("claims")).findings if f.check == "class too small"]
    assert {finding.rows for finding in small} == {(2, 5, 6, 10, 12), (3, 4, 8), (4, 9)}
    assert small[0].message.startswith("'background_fact' has 5 rows in 4 documents")


def test_messages_say_what_was_expected(damaged: Damaged) -> None:
    said = {finding.check: finding.message for finding in examine(damaged("stances")).findings}
    assert said["misplaced span"] == "the span is 0, 500; 'Chile' is at 0"
    assert said["other words"] == "the span is 'he '; expected 'Chile', which is at 17"
    assert said["label typo"] == "'crtcal' is no known label: did you mean 'critical'?"
    assert said["document split apart"] == "'d' is in train and test; expected one split"
    assert said["near-duplicate across splits"].endswith("row 14 (train) and row 16 (test)")
    assert said["conflicting labels"].endswith("critical in row 10, neutral in row 11")


def test_fixing_stances_leaves_what_needs_a_judgement(damaged: Damaged) -> None:
    path = damaged("stances")
    repair = fix(path, examine(path))
    left = {(severity, check) for severity, check, _, _ in faults(repair.frame)}
    assert left == {(s, check) for s, check, _, fixable in STANCE_FAULTS if not fixable}


def test_fixing_claims_leaves_what_needs_a_judgement(damaged: Damaged) -> None:
    path = damaged("claims")
    repair = fix(path, examine(path))
    assert repair.frame["sentence_id"][:4].tolist() == ["H", "S1", "S2", "S3"]
    assert repair.frame["claim_types"][4] == "background_fact"
    left = {(severity, check) for severity, check, _, _ in faults(repair.frame)}
    assert left == {(s, check) for s, check, _, fixable in CLAIM_FAULTS if not fixable}


def test_every_change_is_listed(damaged: Damaged) -> None:
    path = damaged("stances")
    changes = fix(path, examine(path)).changes
    assert changes.values.tolist() == [
        ["UTF-16 offsets", 6, "start", "5", "3"],
        ["UTF-16 offsets", 6, "end", "9", "7"],
        ["misplaced span", 7, "end", "500", "5"],
        [
            "stray white space",
            5,
            "text",
            "  Kenya opened a second port. ",
            "Kenya opened a second port.",
        ],
        ["stray white space", 5, "start", "2", "0"],
        ["stray white space", 5, "end", "7", "5"],
        ["stray white space", 20, "stance", "supportive ", "supportive"],
        ["label typo", 4, "stance", "suportive", "supportive"],
        ["exact duplicate", 9, "", "", "removed"],
        ["scattered document", 13, "", "", "moved"],
    ]


def test_the_file_is_left_as_it_was(damaged: Damaged) -> None:
    path = damaged("stances")
    before = path.read_bytes()
    fix(path, examine(path))
    assert path.read_bytes() == before


def test_a_fixed_table_is_written_and_read_the_same(damaged: Damaged, tmp_path: Path) -> None:
    path = damaged("stances")
    repair = fix(path, examine(path))
    repair.frame.to_csv(tmp_path / "stances.fixed.csv", index=False)
    pd.testing.assert_frame_equal(read_csv(tmp_path / "stances.fixed.csv"), repair.frame)
