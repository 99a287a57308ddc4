from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from stancekit.cli.articles import analyze_articles, find_articles
from stancekit.errors import InputError
from stancekit.model import Model
from stancekit.tables import CLAIMS, STANCES_TABLE, read_table

Run = Callable[..., Result]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_per_sentence_says_what_the_model_says(
    run: Run, model_path: Path, model: Model, article: Path
) -> None:
    result = run("label", article, "--model", model_path)

    expected = model.analyze(article.read_text(encoding="utf-8"))
    found = rows(result.stdout)
    assert result.exit_code == 0
    assert [row["text"] for row in found] == [s.text for s in expected.sentences]
    assert [row["sentence_id"] for row in found] == ["H", "S1", "S2", "S3", "B1", "B2"]
    assert {row["doc_id"] for row in found} == {"rain"}
    for row, sentence in zip(found, expected.sentences, strict=True):
        assert row["claim_types"] == "|".join(sentence.claim_types)
        stances = [f"{s.actor.name}:{s.label}" for s in expected.stances_of(sentence.index)]
        assert row["stances"] == "; ".join(stances)
        for name, probability in sentence.claims.items():
            assert float(row[name]) == pytest.approx(probability, abs=1e-4)


@pytest.mark.parametrize(("view", "schema"), [("sentences", CLAIMS), ("stances", STANCES_TABLE)])
def test_what_is_written_is_what_training_reads(
    run: Run, model_path: Path, folder: Path, tmp_path: Path, view: str, schema: object
) -> None:
    table = tmp_path / "out.csv"

    result = run("label", folder, "--model", model_path, "--view", view, "-o", table)

    assert result.exit_code == 0
    checked = read_table(table, schema)  # type: ignore[arg-type]
    assert checked["doc_id"].unique().tolist() == ["a", "b", "older/c"]


def test_offsets_of_a_stance_count_from_its_sentence(
    run: Run, model_path: Path, model: Model, article: Path
) -> None:
    found = rows(run("label", article, "--model", model_path, "--view", "stances").stdout)

    expected = model.analyze(article.read_text(encoding="utf-8"))
    mentions = [expected.text[s.start : s.end] for s in expected.stances]
    assert [row["text"][int(row["start"]) : int(row["end"])] for row in found] == mentions
    assert [row["actor"] for row in found] == [s.actor.name for s in expected.stances]


@pytest.mark.parametrize("view", ["actors", "quotations", "relations"])
def test_further_views_have_a_row_per_record(
    run: Run, model_path: Path, model: Model, article: Path, view: str
) -> None:
    found = rows(run("label", article, "--model", model_path, "--view", view).stdout)

    expected = getattr(model.analyze(article.read_text(encoding="utf-8")), view)
    assert len(found) == len(expected)


def test_actors_are_counted_by_sentence_and_stance(
    run: Run, model_path: Path, model: Model, article: Path
) -> None:
    found = rows(run("label", article, "--model", model_path, "--view", "actors").stdout)

    stances = model.analyze(article.read_text(encoding="utf-8")).stances
    for row in found:
        for name in model.stance_labels:
            counted = sum(s.actor.name == row["actor"] and s.label == name for s in stances)
            assert int(row[name]) == counted


def test_json_is_an_object_per_article_with_all_views(
    run: Run, model_path: Path, model: Model, article: Path
) -> None:
    result = run(
        "label", article, "--model", model_path, "--format", "json", "--date", "2026-03-03"
    )

    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    text = article.read_text(encoding="utf-8")
    assert found["doc_id"] == "rain"
    assert found["date"] == "2026-03-03"
    for sentence in found["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        for stance in sentence["stances"]:
            assert sum(stance["probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert {actor["actor"] for actor in found["actors"]} >= {"Kenya", "France"}
    assert len(found["quotations"]) == len(model.analyze(text).quotations)


def test_only_the_named_actors_are_judged(run: Run, model_path: Path, article: Path) -> None:
    together = run("label", article, "--model", model_path, "--actors", "Kenya, the ministry")
    repeated = run(
        "label", article, "--model", model_path, "--actors", "Kenya", "--actors", "the ministry"
    )

    assert together.stdout == repeated.stdout
    stances = " ".join(row["stances"] for row in rows(together.stdout))
    assert "Kenya:" in stances
    assert "France:" not in stances


def test_standard_input_is_an_article(run: Run, model_path: Path, article: Path) -> None:
    from_file = run("label", article, "--model", model_path)
    from_stdin = run("label", "-", "--model", model_path, stdin=article.read_bytes())

    assert from_stdin.stdout == from_file.stdout.replace("\nrain,", "\nstdin,")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(
    run: Run, model_path: Path, article: Path
) -> None:
    before = run("label", article, "--model", model_path).stdout
    article.write_bytes(b"\xef\xbb\xbf" + article.read_bytes().replace(b"\n", b"\r\n"))

    assert run("label", article, "--model", model_path).stdout == before


def test_processes_give_the_same_rows_in_the_same_order(
    run: Run, model_path: Path, folder: Path
) -> None:
    alone = run("label", folder, "--model", model_path)
    together = run("label", folder, "--model", model_path, "--jobs", "2")

    assert together.exit_code == 0
    assert together.stdout == alone.stdout


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_an_article_that_cannot_be_read_ends_the_work_and_is_named(
    run: Run, model_path: Path, folder: Path, tmp_path: Path, n_jobs: int
) -> None:
    (folder / "b.txt").write_bytes(b"Rates rose \xa3 2.")
    table = tmp_path / "out.csv"
    table.write_text("before", encoding="utf-8")

    result = run("label", folder, "--model", model_path, "--jobs", n_jobs, "-o", table)

    assert result.exit_code == 2
    assert "b.txt: expected UTF-8 text; found byte 0xa3 at position 11" in result.stderr
    assert table.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "out.csv"]


def test_a_large_folder_is_never_read_at_once(model: Model, tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number:03}.txt").write_text("Rates rose.", encoding="utf-8")
    articles = find_articles([tmp_path])
    found = analyze_articles(model, articles, date=None, actors=None, n_jobs=1)

    assert next(found)[0] == "000"
    (tmp_path / "099.txt").unlink()
    with pytest.raises(InputError, match=r"099\.txt: cannot be read"):
        list(found)


def test_equal_names_become_paths(folder: Path, article: Path) -> None:
    (folder / "rain.txt").write_bytes(article.read_bytes())

    assert list(find_articles([folder, folder / "b.txt"])) == [
        *(f"{folder.as_posix()}/{name}" for name in ("a.TXT", "b.txt", "older/c.txt", "rain.txt")),
    ]
    assert list(find_articles([article, article])) == ["rain"]


def test_no_text_gives_a_header_and_a_note(run: Run, model_path: Path, article: Path) -> None:
    article.write_text(" \n\n ", encoding="utf-8")

    result = run("label", article, "--model", model_path)

    assert result.exit_code == 0
    assert rows(result.stdout) == []
    assert result.stdout.startswith("doc_id,sentence_id,text,claim_types,")
    assert "Note: rain: no text" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b rose.",
        "\U0001f602 \U0001f1f0\U0001f1f7",
        "한국은 회담을 환영했다.",
        "رحبت كينيا.",
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("how", ["table", "csv", "json"])
def test_odd_text_is_written_in_every_format(
    run: Run, model_path: Path, article: Path, text: str, how: str
) -> None:
    article.write_text(text, encoding="utf-8")

    result = run("label", article, "--model", model_path, "--format", how)

    assert result.exit_code == 0
    assert result.exception is None


@pytest.mark.parametrize(
    ("name", "how"),
    [("out.csv", "csv"), ("out.jsonl", "json"), ("out.txt", "table"), ("out", "csv")],
)
def test_the_ending_of_the_file_chooses_the_format(
    run: Run, model_path: Path, article: Path, tmp_path: Path, name: str, how: str
) -> None:
    shown = run("label", article, "--model", model_path, "--format", how)
    run("label", article, "--model", model_path, "-o", tmp_path / name)

    with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
        assert stream.read() == shown.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.txt"], "none.txt: no such file or folder"),
        (["{folder}/b.tx"], "(did you mean 'b.txt'?)"),
        (["{folder}/empty"], "expected a folder of .txt articles; found no files"),
        (["{folder}/others"], "expected a folder of .txt articles; found 1 other file (.docx)"),
        (["{folder}", "--jobs", "0"], "--jobs: expected 1 or more, or -1 for every core; found 0"),
        (["{folder}", "--actors", " , "], "--actors: expected names, separated by commas"),
        (["{folder}", "--date", "3 March"], "expected an ISO date such as '2026-01-12'"),
        (["{folder}", "-f", "json", "--view", "actors"], "JSON holds all views"),
        (["{folder}", "-o", "{folder}"], "expected a file to write; found a folder"),
        (["{folder}", "-o", "{folder}/no/out.csv"], "there is no folder"),
        (["{folder}", "--model", "news-lexicl"], "no model 'news-lexicl'"),
        (["{folder}", "--model", "{folder}"], "manifest.json"),
    ],
)
def test_what_cannot_be_used_is_one_error(
    run: Run, model_path: Path, folder: Path, arguments: list[str], message: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "others").mkdir()
    (folder / "others" / "a.docx").touch()
    words = [word.format(folder=folder) for word in arguments]

    result = run("label", *(words if "--model" in words else [*words, "--model", model_path]))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
