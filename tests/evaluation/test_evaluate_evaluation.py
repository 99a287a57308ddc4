from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from stancekit.errors import InputError
from stancekit.evaluation import Evaluation, evaluate
from stancekit.evaluation.evaluation import COLUMNS, VIEWS
from stancekit.evaluation.writing import Sheet, markdown

Build = Callable[..., Any]


@pytest.fixture
def compared(rules: Build, claims: pd.DataFrame, stances: pd.DataFrame) -> Evaluation:
    return evaluate(
        rules("sharp"),
        claims=claims,
        stances=stances,
        against=rules("dull", blind_below=40),
        n_bootstrap=50,
    )


def shown(evaluation: Evaluation, width: int) -> str:
    stream = StringIO()
    Console(file=stream, width=width).print(evaluation)
    return stream.getvalue()


def test_every_view_has_its_columns(
    compared: Evaluation, rules: Build, stances: pd.DataFrame
) -> None:
    alone = evaluate(rules(), stances=stances, n_bootstrap=0)
    for view in VIEWS:
        assert tuple(compared.to_frame(view).columns) == COLUMNS[view]
        assert tuple(alone.to_frame(view).columns) == COLUMNS[view]
    assert alone.differences.empty
    assert alone.changes.empty


def test_a_frame_is_a_copy(compared: Evaluation) -> None:
    frame = compared.to_frame()
    frame.loc[:, "value"] = -1.0
    assert (compared.scores["value"] >= 0).all()


def test_what_is_not_there_is_said(compared: Evaluation) -> None:
    with pytest.raises(InputError, match=r"expected a view out of scores, .*; found 'score'"):
        compared.to_frame("score")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no score 'f2' of 'prediction' in 'claims'; found prec"):
        compared.score("claims", "f2", "prediction")
    with pytest.raises(InputError, match="no score 'f1' of 'the whole table' in 'relations'"):
        compared.score("relations", "f1")


def test_csv_keeps_the_numbers(compared: Evaluation, tmp_path: Path) -> None:
    for view in VIEWS:
        compared.to_csv(tmp_path / "out.csv", view)
        read = pd.read_csv(tmp_path / "out.csv")
        assert len(read) == len(compared.to_frame(view))
    compared.to_csv(tmp_path / "out.csv")
    read = pd.read_csv(
        tmp_path / "out.csv", keep_default_na=False, na_values={"low": "", "high": ""}
    )
    pd.testing.assert_frame_equal(read, compared.scores, check_dtype=False)


def test_json_keeps_everything(compared: Evaluation) -> None:
    record = json.loads(compared.to_json(), parse_constant=pytest.fail)
    assert set(record) == {"model", "against", "n_bootstrap", "seed", "notes", *VIEWS}
    assert (record["model"], record["against"]) == ("sharp", "dull")
    assert record["notes"] == list(compared.notes)
    for view in VIEWS:
        assert len(record[view]) == len(compared.to_frame(view))
    ece = next(row for row in record["scores"] if row["metric"] == "ece")
    assert ece["low"] is None
    assert isinstance(ece["n"], int)
    assert record["changes"][0]["start"] is None


@pytest.mark.parametrize("width", [80, 120])
def test_tables_fit_the_terminal(compared: Evaluation, width: int) -> None:
    lines = shown(compared, width).splitlines()
    assert max(map(len, lines)) <= width
    row = next(line for line in lines if line.startswith("official_statement"))
    assert row.split() == ["official_statement", "16", "1.000", "1.000", "1.000", "(1.000–1.000)"]
    assert any("F1 of official_statement" in line and " to " in line for line in lines)


def test_the_tables_show_the_numbers_of_the_frames(compared: Evaluation) -> None:
    text = shown(compared, 100)
    macro = compared.scores.query("task == 'stances' and metric == 'macro_f1'").iloc[0]
    row = next(
        line for line in text[text.index("Stances by") :].splitlines() if line.startswith("macro")
    )
    assert f"{macro['value']:.3f} ({macro['low']:.3f}–{macro['high']:.3f})" in row
    assert "Stances by sharp: 32 mentions of 8 documents" in text
    assert "10 of 16 rows whose label changed" in text
    assert all(note.split(":")[0] in text for note in compared.notes)


def test_an_undefined_score_is_a_dash(rules: Build, stances: pd.DataFrame) -> None:
    few = stances[stances["stance"] != "critical"]
    row = next(
        line
        for line in shown(evaluate(rules(), stances=few, n_bootstrap=20), 80).splitlines()
        if line.startswith("critical")
    )
    assert row.split() == ["critical", "0", "-", "-", "-"]


def test_a_slice_without_every_label_is_marked(rules: Build, claims: pd.DataFrame) -> None:
    text = shown(evaluate(rules(), claims=claims, n_bootstrap=0), 80)
    assert "speaker: none known" in text
    assert "*" in text
    assert "* Not every label occurs" in text


def test_brackets_in_a_text_are_no_markup(rules: Build, claims: pd.DataFrame) -> None:
    odd = claims.assign(text=claims["text"].str.replace("Peru", "[bold]Peru[/]"))
    against = rules("dull", blind_below=48)
    text = shown(evaluate(rules(), claims=odd, against=against, n_bootstrap=0), 80)
    assert "[bold]Peru[/] will sign" in text


def test_markdown_tables_are_whole_and_quote_no_sentence(compared: Evaluation) -> None:
    text = compared.to_markdown()
    tables = [
        [line for line in block.splitlines() if line.startswith("|")]
        for block in text.split("\n\n")
        if block.startswith("|")
    ]
    # Stances have no slices here: every mention is alike.
    assert len(tables) == 11
    for lines in tables:
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1
    assert "| official\\_statement | 16 | 1.000 | 1.000 | 1.000 (1.000–1.000) |" in text
    assert "| mended | 16 |" in text
    assert "will sign" not in text
    assert compared._repr_markdown_() == text


def test_markdown_is_escaped() -> None:
    sheet = Sheet("<b>$5bn … $3bn</b>", ("a|b",), (("two\nlines *so*",),))
    title, _, header, _, row = markdown([sheet], ()).splitlines()
    assert title == r"**&lt;b>\$5bn … \$3bn&lt;/b>**"
    assert header == r"| a\|b |"
    assert row == r"| two<br>lines \*so\* |"


def test_repr_is_one_line(compared: Evaluation) -> None:
    assert repr(compared).startswith("Evaluation(model='sharp', against='dull', n_bootstrap=50")
    assert "\n" not in repr(compared)


def test_undefined_values_stay_undefined(rules: Build, stances: pd.DataFrame) -> None:
    few = stances[stances["stance"] != "critical"]
    record = json.loads(evaluate(rules(), stances=few, n_bootstrap=0).to_json())
    scores = {(row["label"], row["metric"]): row["value"] for row in record["scores"]}
    assert scores["critical", "f1"] is None
    assert np.isfinite(scores["neutral", "f1"])
