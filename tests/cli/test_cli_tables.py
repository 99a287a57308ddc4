from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from stancekit.tables import read_csv

Run = Callable[..., Result]
GOLDEN = Path(__file__).parents[1] / "golden"
CLAIMS, STANCES = GOLDEN / "claims.csv", GOLDEN / "stances.csv"


@pytest.fixture
def misspelt(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    text = CLAIMS.read_text(encoding="utf-8")
    path.write_text(text.replace(",prediction", ",predicton", 1), encoding="utf-8")
    return path


def test_the_doctor_finds_nothing_in_a_sound_table(run: Run) -> None:
    result = run("doctor", CLAIMS, "--no-mislabels")

    assert result.exit_code == 0
    assert "claims.csv: 48 claims" in result.stdout


def test_what_must_be_mended_exits_with_1(run: Run, misspelt: Path) -> None:
    before = misspelt.read_bytes()

    result = run("doctor", misspelt, "--no-mislabels")

    assert result.exit_code == 1
    assert "label typo" in result.stdout
    assert misspelt.read_bytes() == before
    assert list(misspelt.parent.iterdir()) == [misspelt]


def test_fix_writes_a_mended_copy(run: Run, misspelt: Path) -> None:
    before = misspelt.read_bytes()

    result = run("doctor", misspelt, "--no-mislabels", "--fix")

    assert result.exit_code == 0
    assert "1 change; the mended copy is" in result.stdout
    assert misspelt.read_bytes() == before
    pd.testing.assert_frame_equal(read_csv(misspelt.with_name("mine.fixed.csv")), read_csv(CLAIMS))


def test_what_fix_cannot_mend_still_exits_with_1(run: Run, misspelt: Path) -> None:
    with misspelt.open("a", encoding="utf-8") as stream:
        stream.write("g99,S1,,prediction\n")

    result = run("doctor", misspelt, "--no-mislabels", "--fix")

    assert result.exit_code == 1
    assert "needs your judgement" in result.stdout


def test_documents_shared_with_another_table_are_found(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "test.csv"
    other.write_bytes(CLAIMS.read_bytes())

    result = run("doctor", CLAIMS, "--no-mislabels", "--against", other)

    assert result.exit_code == 1
    assert "document split" in result.stdout


def test_a_table_of_neither_kind_is_an_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    result = run("doctor", path)

    assert result.exit_code == 2
    assert "odd.csv" in result.stderr


@pytest.mark.parametrize(("kind", "label"), [("claims", "claim_types"), ("stances", "stance")])
def test_the_queue_is_a_table_to_fill_in(
    run: Run, model_path: Path, folder: Path, tmp_path: Path, kind: str, label: str
) -> None:
    todo = tmp_path / "todo.csv"

    result = run(*("queue", folder, "--model", model_path, "-n", 3, "--kind", kind, "-o", todo))

    rows = read_csv(todo)
    assert result.exit_code == 0
    assert len(rows) == 3
    assert rows[label].tolist() == ["", "", ""]
    assert rows["suggested"].notna().all()


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [(" \n ", "claims", "no sentence was found"), ("It rained.", "stances", "no actor was found")],
)
def test_an_empty_queue_says_why(
    run: Run, model_path: Path, article: Path, text: str, kind: str, note: str
) -> None:
    article.write_text(text, encoding="utf-8")

    result = run("queue", article, "--model", model_path, "--kind", kind)

    assert result.exit_code == 0
    assert result.stdout.startswith("doc_id,sentence_id,text,")
    assert note in result.stderr


@pytest.mark.parametrize("command", ["label", "queue", "doctor"])
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf", "found a PDF file. Save its text as .txt."),
        (b"PK\x03\x04\x14\x00\xff", "found a ZIP file, as those of Word and Excel are."),
        (b"a\x00b\xff", "found a binary file."),
        ("caf\u00e9".encode("latin-1"), "Save the file as UTF-8."),
        ("a,b".encode("utf-16"), "Save the file as UTF-8."),
    ],
)
def test_what_is_no_text_is_told_from_other_encodings(
    run: Run, model_path: Path, tmp_path: Path, command: str, data: bytes, found: str
) -> None:
    path = tmp_path / ("odd.csv" if command == "doctor" else "odd.txt")
    path.write_bytes(data)

    result = run(command, path, *([] if command == "doctor" else ["--model", model_path]))

    assert result.exit_code == 2
    assert found in result.stderr


def test_the_queue_goes_to_standard_output(run: Run, model_path: Path, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("queue", article, "--model", model_path).stdout)))

    assert {row["doc_id"] for row in rows} == {"rain"}


def test_tables_travel_to_label_studio_and_back(run: Run, tmp_path: Path) -> None:
    there = run("convert", CLAIMS, STANCES, tmp_path / "tasks.json")
    back = run("convert", tmp_path / "tasks.json", tmp_path / "labels")

    assert (there.exit_code, back.exit_code) == (0, 0)
    for table in (CLAIMS, STANCES):
        found = read_csv(tmp_path / "labels" / table.name)
        columns = read_csv(table).columns.tolist()
        keys = columns[:4]
        pd.testing.assert_frame_equal(
            found[columns].sort_values(keys, ignore_index=True),
            read_csv(table).sort_values(keys, ignore_index=True),
        )


@pytest.mark.parametrize(
    ("name", "options", "key"),
    [("t.jsonl", [], "spans"), ("t.jsonl", ["--to", "doccano"], "label"), ("t.json", [], "data")],
)
def test_the_ending_or_an_option_chooses_the_format(
    run: Run, tmp_path: Path, name: str, options: list[str], key: str
) -> None:
    result = run("convert", STANCES, tmp_path / name, *options)

    text = (tmp_path / name).read_text(encoding="utf-8")
    first = json.loads(text)[0] if name.endswith(".json") else json.loads(text.splitlines()[0])
    assert result.exit_code == 0
    assert key in first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([CLAIMS, "{here}/out.doc"], "expected an ending out of .csv, .json, .jsonl, or --to"),
        ([CLAIMS, CLAIMS, "{here}/out.json"], "expected one table of claims; found a second one"),
        (
            [CLAIMS, STANCES, "{here}/out.csv"],
            "expected a folder, for there are claims and stances",
        ),
        (["{here}/none.csv", "{here}/out.json"], "none.csv: no such file"),
        (["{here}/none.json", "{here}/out.csv"], "none.json: no such file"),
        (
            ["{here}/a.json", "{here}/b.json", "{here}/out"],
            "expected one file of an annotation tool",
        ),
        ([CLAIMS, "{here}/no/out.json"], "there is no folder"),
    ],
)
def test_what_cannot_be_converted_is_one_error(
    run: Run, tmp_path: Path, arguments: list[object], message: str
) -> None:
    result = run("convert", *(str(one).format(here=tmp_path) for one in arguments))

    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []
