from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from stancekit.doctor import Finding, Report, examine, fix
from stancekit.errors import InputError

Build = Callable[..., pd.DataFrame]

PEACE = "Peru thanked Chile for its help."


def checks(report: Report) -> list[str]:
    return [f.check for f in report.findings if f.check not in ("class too small",)]


def look(source: object, **options: object) -> Report:
    return examine(source, likely_mislabels=False, **options)  # type: ignore[arg-type]


def test_a_sound_table_is_ok(stances: Build) -> None:
    report = look(stances(("a", PEACE, "Chile", "supportive"), ("b", PEACE, "Peru", "neutral")))
    assert report.ok
    assert checks(report) == []
    assert (report.kind, report.n_rows) == ("stances", 2)


@pytest.mark.parametrize("columns", [["text"], ["text", "holder_start"], []])
def test_a_table_of_neither_kind_is_refused(columns: list[str]) -> None:
    with pytest.raises(InputError, match="expected the column claim_types"):
        look(pd.DataFrame(columns=columns))


def test_missing_columns_are_one_finding(stances: Build) -> None:
    frame = stances(("a", PEACE, "Chile", "supportive"), ("a", PEACE, "Peru", "neutral"))
    report = look(frame.drop(columns=["start", "doc_id"]))
    assert checks(report) == ["missing column"]
    assert report.findings[0].message.startswith("expected doc_id, start too; found text, actor")


@pytest.mark.parametrize("kind", ["claims", "stances"])
def test_a_table_without_rows_has_too_few_classes(kind: str, request: object) -> None:
    frame = request.getfixturevalue(kind)(("a", "x", "y", "z"))  # type: ignore[attr-defined]
    report = examine(frame[:0])
    assert checks(report) == ["too few classes", "likely mislabel"]
    assert fix(frame[:0], report).frame.empty


def test_a_table_without_a_label_column_value_has_too_few_classes(claims: Build) -> None:
    report = look(claims(("a", "S1", "Rates rose.", "")))
    assert [f.message for f in report.findings] == [
        "expected at least 1 different; found no label at all"
    ]


def test_the_words_must_be_the_mention_where_one_is_given(stances: Build) -> None:
    frame = stances(("a", "Lima thanked Chile.", "Peru", "neutral"), mention=["Lima"])
    frame[["start", "end"]] = 0, 4
    assert "other words" not in checks(look(frame))
    twice = frame.assign(text="Lima thanked Lima.", end=3)
    wrong = next(f for f in look(twice).findings if f.check == "other words")
    assert wrong.message == "the span is 'Lim'; expected 'Lima', which is at 0, 13"


@pytest.mark.parametrize(("start", "end"), [(1, 6), (0, 4), (0, 90), (-1, 5), (2, 5)])
def test_a_span_that_misses_its_words_by_a_little_is_moved(
    stances: Build, start: int, end: int
) -> None:
    frame = stances(("a", "  Kenya won. ", "Kenya", "neutral")).assign(start=start + 2, end=end + 2)
    if start < 0:
        frame["text"] = "Kenya won."
        frame[["start", "end"]] = start, end
    fixed = fix(frame, look(frame)).frame
    assert fixed[["text", "start", "end"]].values.tolist() == [["Kenya won.", "0", "5"]]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("  Kenya won, Kenya said.", 3, 8),
        ("  The Kenya cup is Kenya's.", 3, 6),
        (" It won, said Kenya. ", 1, 900),
        (" It won, said Kenya. ", 2, 4),
    ],
)
def test_a_row_that_needs_a_judgement_is_not_half_mended(
    stances: Build, text: str, start: int, end: int
) -> None:
    frame = stances(("a", text, "Kenya", "neutral")).assign(start=start, end=end)
    report = look(frame)
    assert {"bad offsets", "other words"} & set(checks(report))
    assert fix(frame, report).changes.empty


def test_an_alias_of_the_actor_is_no_fault(stances: Build) -> None:
    frame = stances(("a", "Lima said Peru was calm.", "Peru", "neutral")).assign(start=0, end=4)
    assert "other words" not in checks(look(frame))


@pytest.mark.parametrize(("start", "end"), [("", "3"), ("x", "3"), ("1.5", "3"), (-1, 3), (3, 3)])
def test_offsets_that_are_no_span_are_found(stances: Build, start: object, end: object) -> None:
    frame = stances(("a", PEACE, "Peru", "neutral")).assign(start=start, end=end)
    assert "bad offsets" in checks(look(frame))


def test_offsets_written_as_decimals_are_sound(stances: Build) -> None:
    frame = stances(("a", PEACE, "Peru", "neutral")).astype({"start": float, "end": float})
    assert "bad offsets" not in checks(look(frame))


@pytest.mark.parametrize("label", ["suportive", "supporrtive", "suppurtive", "supprotive"])
def test_one_slip_is_fixed(stances: Build, label: str) -> None:
    frame = stances(("a", PEACE, "Chile", label))
    assert fix(frame, look(frame)).frame["stance"].tolist() == ["supportive"]


@pytest.mark.parametrize("label", ["NEUTRAL", "Neutral", "neutral "])
def test_case_and_white_space_are_fixed(stances: Build, label: str) -> None:
    frame = stances(("a", PEACE, "Chile", label))
    assert fix(frame, look(frame)).frame["stance"].tolist() == ["neutral"]


def test_labels_of_the_users_own_are_welcome(stances: Build) -> None:
    rows = [("a", f"{PEACE} {n}", "Chile", "mixed") for n in range(20)]
    assert "label typo" not in checks(look(stances(*rows)))


def test_a_rare_label_near_an_own_common_one_is_doubted_but_kept(stances: Build) -> None:
    rows = [(f"d{n}", f"{PEACE} {n}", "Chile", "favourable") for n in range(20)]
    report = look(stances(*rows, ("a", PEACE, "Chile", "favorable")))
    typo = next(finding for finding in report.findings if finding.check == "label typo")
    assert (typo.severity, typo.rows, typo.fixable) == ("warning", (20,), False)
    assert typo.message == "'favorable' is rare: did you mean 'favourable' (20 rows)?"


def test_numbered_labels_are_no_typos(stances: Build) -> None:
    rows = [(f"d{n}", f"{PEACE} {n}", "Chile", "level 1") for n in range(20)]
    assert "label typo" not in checks(look(stances(*rows, ("a", PEACE, "Chile", "level 2"))))


def test_the_same_sentence_may_be_another_claim_elsewhere(claims: Build) -> None:
    row = ("S1", "A vote is due.")
    apart = look(claims(("a", *row, "prediction"), ("b", *row, "background_fact")))
    together = look(claims(("a", *row, "prediction"), ("a", *row, "background_fact")))
    assert [f.severity for f in apart.findings if f.check == "conflicting labels"] == ["warning"]
    assert [f.severity for f in together.findings if f.check == "conflicting labels"] == ["error"]


def test_the_order_of_types_is_no_conflict(claims: Build) -> None:
    types = "prediction|official_statement", "official_statement | prediction"
    frame = claims(*(("a", "S1", "It will rain, he said.", cell) for cell in types))
    assert checks(look(frame)) == ["exact duplicate"]


def test_other_targets_of_a_sentence_are_no_duplicates(stances: Build) -> None:
    frame = stances(("a", PEACE, "Chile", "supportive"), ("a", PEACE, "Peru", "supportive"))
    assert "exact duplicate" not in checks(look(frame.assign(sentence_id="S1")))


def test_sentences_without_numbers_keep_their_order(claims: Build) -> None:
    frame = claims(("a", "last", "One.", ""), ("a", "first", "Two.", "prediction"))
    assert "scattered document" not in checks(look(frame))


def test_rows_without_a_document_stay_where_they_are(claims: Build) -> None:
    frame = claims(("", "S2", "One.", ""), ("a", "S1", "Two.", ""), ("", "S1", "Three.", ""))
    assert "scattered document" not in checks(look(frame))


def test_other_tables_may_not_share_documents_or_sentences(claims: Build, tmp_path: Path) -> None:
    long = "The council of ministers will meet again in the autumn."
    train = claims(("a", "S1", "It rained.", ""), ("b", "S1", long, "prediction"))
    claims(("a", "S2", "It snowed.", ""), ("c", "S1", long, "")).to_csv(
        tmp_path / "test.csv", index=False
    )
    report = look(train, against=tmp_path / "test.csv")
    found = {f.check: f for f in report.findings if f.check != "class too small"}
    assert found["document split apart"].rows == (0,)
    near = found["near-duplicate across splits"]
    assert near.rows == (1,)
    assert near.message == (
        f"100% the same: row 1 (claims frame) and "
        f"row 3 of {tmp_path / 'test.csv'} ({tmp_path / 'test.csv'})"
    )


def test_tables_of_the_same_split_may_share_both(claims: Build) -> None:
    long = "The council of ministers will meet again in the autumn."
    train = claims(("a", "S1", long, "prediction"), split="train")
    assert "document split apart" not in checks(look(train, against=[train, train]))
    assert "document split apart" in checks(look(train, against=[train.assign(split="test")]))


def test_short_sentences_recur_in_honest_news(claims: Build) -> None:
    short = "She declined to comment."
    frame = claims(("a", "S1", short, ""), ("b", "S1", short, ""), split=["train", "test"])
    assert "near-duplicate across splits" not in checks(look(frame))


def test_findings_left_out_of_the_report_are_not_mended(stances: Build) -> None:
    frame = stances(("a", f" {PEACE}", "Chile", "suportive"))
    report = look(frame)
    kept = tuple(finding for finding in report.findings if finding.check != "label typo")
    repair = fix(frame, replace(report, findings=kept))
    assert repair.frame[["text", "stance"]].values.tolist() == [[PEACE, "suportive"]]


def test_a_frame_keeps_its_index(stances: Build) -> None:
    rows = [("a", PEACE, "Chile", "neutral"), ("b", PEACE, "Peru", "neutral")]
    frame = stances(*rows, *rows).assign(sentence_id="S1").set_axis(list("wxyz"))
    before = frame.copy()
    repair = fix(frame, look(frame))
    assert repair.frame.index.tolist() == ["w", "x"]
    pd.testing.assert_frame_equal(frame, before)


def test_cells_that_look_missing_stay_text(stances: Build) -> None:
    frame = stances(("NA", "NA praised Peru.", "NA", "neutral"), ("b", PEACE, "Peru", "critical"))
    assert not {"empty doc_id", "empty text"} & set(checks(look(frame)))


def shown(report: Report) -> str:
    file = io.StringIO()
    Console(width=120, file=file).print(report)
    return file.getvalue()


def test_the_report_shows_every_check_and_few_of_many() -> None:
    many = [Finding("error", "bad offsets", (row,), f"found [{row}]") for row in range(2, 12)]
    note = Finding("note", "scattered document", tuple(range(9)), "apart", fixable=True)
    text = shown(Report("[b]mine.csv", "stances", 1200, (*many, note)))
    assert "[b]mine.csv: 1,200 stances; 10 errors, 1 note" in text
    assert "found [6]" in text
    assert "found [7]" not in text
    assert "... and 5 more" in text
    assert "0, 1, 2, 3, 4 and 4 more" in text
    assert "1 finding can be mended with --fix." in text


def test_a_report_without_findings_says_so() -> None:
    assert "3 claims; no fault found" in shown(Report("mine.csv", "claims", 3))


def test_the_report_is_a_frame_too() -> None:
    frame = Report("x", "claims", 1, (Finding("note", "c", (2, 3), "m"),)).to_frame()
    assert frame.to_dict("records") == [
        {"severity": "note", "check": "c", "rows": (2, 3), "message": "m", "fixable": False}
    ]
    assert list(Report("x", "claims", 1).to_frame()) == list(frame)
