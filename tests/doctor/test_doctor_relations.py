from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.doctor import Report, examine, fix
from stancekit.doctor.sheet import read_sheet
from stancekit.tables import RELATIONS, read_table

TEXT = "Peru praised Chile."


def pairs(*rows: tuple[str, int, int, int, int, str], **columns: object) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*RELATIONS.required]).assign(**columns)


def checks(report: Report) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.check, one.rows) for one in report.findings if one.severity == "error"]


def sound(n: int = 30) -> pd.DataFrame:
    rows = [
        (f"{a} {verb} {b} on day {day}.", 0, len(a), len(f"{a} {verb} "), len(f"{a} {verb} {b}"), s)
        for day in range(n // 2)
        for a, verb, b, s in (
            ("Peru", "praised", "Chile", "supportive"),
            ("Togo", "condemned", "Kenya", "critical"),
        )
    ]
    return pairs(*rows)


def test_a_sound_table_has_no_error() -> None:
    report = examine(sound(), likely_mislabels=False)
    assert (report.kind, report.n_rows, report.ok) == ("relations", 30, True)


@pytest.mark.parametrize(
    ("row", "check"),
    [
        ((TEXT, 0, 4, 13, 99, "supportive"), "bad offsets"),
        ((TEXT, -2, 4, 13, 18, "supportive"), "bad offsets"),
        ((TEXT, 0, 15, 13, 18, "supportive"), "overlapping spans"),
        ((TEXT, 0, 4, 13, 18, "suportive"), "label typo"),
        ((TEXT, 0, 4, 13, 18, ""), "empty stance"),
    ],
)
def test_each_fault_is_found(row: tuple[str, int, int, int, int, str], check: str) -> None:
    frame = pd.concat([sound(), pairs(row)], ignore_index=True)
    assert (check, (30,)) in checks(examine(frame, likely_mislabels=False))


def test_two_labels_of_one_pair_contradict_each_other() -> None:
    frame = pairs((TEXT, 0, 4, 13, 18, "supportive"), (TEXT, 0, 4, 13, 18, "critical"))
    assert ("conflicting labels", (0, 1)) in checks(examine(frame, likely_mislabels=False))
    other = pairs((TEXT, 0, 4, 13, 18, "supportive"), (TEXT, 13, 18, 0, 4, "critical"))
    assert checks(examine(other, likely_mislabels=False)) == []
    unlabelled = pairs((TEXT, 0, 4, 13, 18, "supportive"), (TEXT, 0, 4, 13, 18, ""))
    found = [check for check, _ in checks(examine(unlabelled, likely_mislabels=False))]
    assert "empty stance" in found
    assert "conflicting labels" not in found


def test_spans_are_moved_to_the_words_that_they_mean() -> None:
    frame = pairs((TEXT, 1, 4, 14, 18, "supportive"), holder="Peru", target="Chile")
    fixed = fix(frame, examine(frame, likely_mislabels=False)).frame
    assert fixed[list(RELATIONS.integers)].values.tolist() == [["0", "4", "13", "18"]]


def test_utf16_offsets_of_both_spans_become_characters() -> None:
    text = "\U0001f389 Peru met \U0001f389 Chile."
    frame = pairs((text, 3, 7, 15, 20, "neutral"), holder="Peru", target="Chile")
    report = examine(frame, likely_mislabels=False)
    assert ("UTF-16 offsets", (0,)) in checks(report)
    starts = text.index("Peru"), text.index("Chile")
    expected = [str(at) for at in (starts[0], starts[0] + 4, starts[1], starts[1] + 5)]
    assert fix(frame, report).frame[list(RELATIONS.integers)].values.tolist() == [expected]


def test_a_table_without_its_targets_says_what_is_missing() -> None:
    frame = sound().drop(columns=["target_start", "target_end"])
    (found,) = (one for one in examine(frame).findings if one.check == "missing column")
    assert found.message.startswith("expected target_start, target_end too; found text,")


SPACE = st.text(" \n", max_size=2)


@given(SPACE, SPACE, st.tuples(*[st.integers(0, 20)] * 4))
@settings(max_examples=60, deadline=None)
def test_stripping_moves_both_spans_or_none(
    before: str, after: str, places: tuple[int, int, int, int]
) -> None:
    frame = pairs((before + TEXT + after, *places, "neutral"))
    fixed = fix(frame, examine(frame, likely_mislabels=False)).frame
    old, new = (
        {one.columns: one for one in read_sheet(table).targets()} for table in (frame, fixed)
    )
    if all(one.is_sound for one in old.values()):
        assert fixed["text"].tolist() == [TEXT]
        for columns, one in new.items():
            assert one.found == old[columns].found.strip()
    else:
        assert [(one.start, one.end) for one in new.values()] == [places[:2], places[2:]]
        assert all(one.text == old[columns].text for columns, one in new.items())


def test_a_label_that_contradicts_the_rest_is_doubted() -> None:
    pytest.importorskip("cleanlab")
    frame = sound(120)
    frame.loc[10, "stance"] = "critical"
    # A pair that can't be read is left out of the search.
    frame = pd.concat([frame, pairs((TEXT, 0, 15, 13, 18, "supportive"))], ignore_index=True)
    doubted = [one for one in examine(frame).findings if one.check == "likely mislabel"]
    assert [one.rows for one in doubted] == [(10,)]
    assert "'supportive' is" in doubted[0].message


def test_a_fixed_file_trains(tmp_path: Path) -> None:
    path = tmp_path / "relations.csv"
    sound().assign(stance=lambda frame: frame["stance"] + " ").to_csv(path, index=False)
    report = examine(path, likely_mislabels=False)
    assert not report.ok
    mended = fix(path, report).frame
    assert len(read_table(mended, RELATIONS)) == 30
