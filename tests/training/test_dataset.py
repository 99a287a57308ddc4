"""The project's own dataset: what is committed, and how it is made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from stancekit.labels import split_types
from stancekit.tables import CLAIMS, RELATIONS, STANCES_TABLE, read_csv, read_table
from training.agreement import Agreement, cells, closed, measure, settling
from training.articles import ArticleError
from training.counts import count_tables
from training.dataset import TABLES, app, make_tables
from training.labelled import FOLDER, LabelledSentence, items, read_labelled, reread_sample

ARTICLE = """\
# split: dev
# topic: trade
# register: agency
# actor: Norway | country |
# actor: Mali | country |
# actor: Ana Mata | person | Mali
---
[Norway] talks
[Norway] thanked [Mali], and [Ana Mata] listened.
[Mali] slept in [Mali].
"""
FIRST = "H\t\t\t\t0\nS1\tofficial_statement\tNorway\tyes\t0; +@Norway; 0\nS2\t\t\t\t0; 0\n"
SECOND = "H\t\t\t\t0\nS1\t\t\t\t0; 0; 0\nS2\t\t\t\t0; 0\n"
SETTLED = "doc_id,sentence_id,item,first,second,settled,reason\n"


@pytest.fixture(scope="module")
def rows() -> list[LabelledSentence]:
    return read_labelled()


@pytest.fixture(scope="module")
def tables(rows: list[LabelledSentence]) -> dict[str, pd.DataFrame]:
    return make_tables(rows)


@pytest.fixture(scope="module")
def card() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name, text in {
        "articles/a01.txt": ARTICLE,
        "passes/first/a01.tsv": FIRST,
        "passes/second/a01.tsv": SECOND,
        "passes/settled.csv": SETTLED,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def settle(folder: Path, *lines: str) -> list[LabelledSentence]:
    path = folder / "passes" / "settled.csv"
    path.write_text(SETTLED + "\n".join(lines), encoding="utf-8")
    return read_labelled(folder)


@pytest.mark.parametrize("name", TABLES)
def test_the_committed_tables_are_what_the_builder_makes(
    name: str, tables: dict[str, pd.DataFrame]
) -> None:
    assert (FOLDER / f"{name}.csv").read_text(encoding="utf-8") == tables[name].to_csv(
        index=False, lineterminator="\n"
    )


def test_the_committed_tables_meet_their_quotas() -> None:
    claims = read_table(FOLDER / "claims.csv", CLAIMS)
    stances = read_table(FOLDER / "stances.csv", STANCES_TABLE)
    types = claims["claim_types"].map(split_types).explode().value_counts()
    assert claims["doc_id"].nunique() >= 80
    assert len(claims) >= 1_200
    assert types["prediction"] >= 250
    assert types["official_statement"] >= 350
    assert types["background_fact"] >= 250
    assert stances["stance"].eq("supportive").sum() >= 400
    assert stances["stance"].eq("critical").sum() >= 500


def test_every_difference_is_settled_and_a_tenth_was_read_again(
    rows: list[LabelledSentence],
) -> None:
    assert [row for row in rows if row.unsettled] == []
    assert len(reread_sample(rows)) == round(len(rows) / 10)
    assert not any(row.differing for row in reread_sample(rows))


def test_official_statements_have_an_official_speaker_and_no_others_do(
    tables: dict[str, pd.DataFrame],
) -> None:
    claims = tables["claims"]
    official = claims["claim_types"].str.contains("official_statement")
    assert (official == claims["official"].eq("yes")).all()
    assert (claims["speaker"].ne("") == claims["official"].ne("")).all()


def test_a_stance_has_a_holder_unless_it_is_neutral(tables: dict[str, pd.DataFrame]) -> None:
    stances = tables["stances"]
    assert (stances["holder"].ne("") == stances["stance"].ne("neutral")).all()


def test_offsets_slice_to_the_marked_words(rows: list[LabelledSentence]) -> None:
    stances = read_table(FOLDER / "stances.csv", STANCES_TABLE)
    sliced = [
        (text[start:end], actor)
        for text, start, end, actor in stances[["text", "start", "end", "actor"]].to_numpy()
    ]
    raw = {
        row.article.doc_id: (FOLDER / f"articles/{row.article.doc_id}.txt").read_text("utf-8")
        for row in rows
    }
    for doc_id, (words, actor) in zip(stances["doc_id"], sliced, strict=True):
        marked = f"[{words}={actor}]", f"[{words}]"
        assert marked[0] in raw[doc_id] or (marked[1] in raw[doc_id] and words == actor)


def test_relations_join_two_different_mentions_of_the_sentence() -> None:
    relations = read_table(FOLDER / "relations.csv", RELATIONS)
    stances = read_table(FOLDER / "stances.csv", STANCES_TABLE)
    keys = ["doc_id", "sentence_id"]
    known = {tuple(row) for row in stances[[*keys, "start", "end"]].to_numpy()}
    for end in ("holder", "target"):
        spans = relations[[*keys, f"{end}_start", f"{end}_end"]].to_numpy()
        assert {tuple(row) for row in spans} <= known
    assert (relations["holder_start"] != relations["target_start"]).all()
    neutral = relations[relations["stance"].eq("neutral")]
    assert not neutral.duplicated(keys).any()


def test_splits_hold_whole_articles_of_every_share() -> None:
    claims = read_table(FOLDER / "claims.csv", CLAIMS)
    splits = claims.groupby("doc_id")["split"].agg(["nunique", "first"])
    assert splits["nunique"].eq(1).all()
    shares = splits["first"].groupby(splits.index.str[0]).value_counts(normalize=True)
    assert shares.xs("train", level=1).between(0.6, 0.8).all()
    assert shares.xs("test", level=1).between(0.1, 0.2).all()
    assert shares.xs("dev", level=1).between(0.1, 0.2).all()


def test_no_two_articles_share_a_sentence() -> None:
    claims = read_table(FOLDER / "claims.csv", CLAIMS)
    texts = claims.drop_duplicates(["doc_id", "text"])["text"].str.lower()
    assert texts[texts.duplicated()].tolist() == []


def test_the_card_gives_the_numbers_that_are_measured(
    rows: list[LabelledSentence], tables: dict[str, pd.DataFrame], card: str
) -> None:
    lines = [cells(row) for row in measure(rows)]
    lines += [(name, f"{n:,}") for name, n in settling(rows).items()]
    for table in count_tables(rows, tables):
        numbers = zip(table.index, table.to_numpy().tolist(), strict=True)
        lines += [(str(name), *(f"{n:,}" for n in row)) for name, row in numbers]
    missing = [line for line in lines if "| " + " | ".join(line) + " |" not in card]
    assert missing == []


def test_an_unsettled_sentence_takes_the_first_pass(small: Path) -> None:
    tables = make_tables(read_labelled(small))
    assert tables["claims"]["claim_types"].tolist() == ["", "official_statement", ""]
    assert tables["claims"]["second_pass"].tolist() == ["", "", ""]
    assert tables["stances"]["stance"].tolist()[:4] == [
        "neutral",
        "neutral",
        "supportive",
        "neutral",
    ]


def test_a_decision_replaces_the_label_and_says_why(small: Path) -> None:
    rows = settle(
        small,
        "a01,S1,stance:2,+@Norway,0,-@Ana Mata,irony",
        "a01,S2,types,,,background_fact,missed by both",
    )
    tables = make_tables(rows)
    mali = tables["stances"].query("sentence_id == 'S1' and actor == 'Mali'").iloc[0]
    assert tuple(mali[["stance", "holder", "first_pass", "second_pass", "settled"]]) == (
        "critical",
        "Ana Mata",
        "supportive",
        "neutral",
        "disagreement",
    )
    assert tables["claims"]["settled"].tolist() == ["", "", "reread"]
    assert rows[1].unsettled == ("types", "speaker", "official")


def test_relations_start_from_the_holder_with_one_neutral_pair_beside_them(small: Path) -> None:
    relations = make_tables(read_labelled(small))["relations"]
    text = relations["text"].iloc[0]
    found = [
        (text[a:b], text[c:d], stance)
        for a, b, c, d, stance in relations[
            ["holder_start", "holder_end", "target_start", "target_end", "stance"]
        ].to_numpy()
    ]
    assert found[0] == ("Norway", "Mali", "supportive")
    assert found[1:] == [("Mali", "Ana Mata", "neutral")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a01,S9,types,,,prediction,", r"a01 S9 types: expected what the passes say"),
        ("a01,S1,stance:7,0,0,+@Mali,", r"a01 S1 stance:7: expected what the passes say"),
        ("a01,S1,types,prediction,,prediction,", r"a01 S1 types: expected what the passes say"),
        ("a01,S2,types,,,,", r"a01 S2 types: expected a decision that changes a label"),
        ("a01,S1,stance:2,+@Norway,0,good,", r"a01 S1 stance:2: expected 0, . or -"),
        ("a01,S1,official,yes,,maybe,", r"a01 S1 official: expected official yes"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(small: Path, line: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        settle(small, line)


def test_an_item_is_decided_once(small: Path) -> None:
    line = "a01,S1,types,official_statement,,,no speech"
    with pytest.raises(ArticleError, match="a01 S1 types: expected one decision; found two"):
        settle(small, line, line)


def test_an_article_names_its_split(small: Path) -> None:
    path = small / "articles" / "a01.txt"
    path.write_text(ARTICLE.replace("split: dev", "split: exam"), encoding="utf-8")
    with pytest.raises(ArticleError, match=r"train, dev, test; found 'exam'"):
        read_labelled(small)


def test_agreement_is_measured_before_settling(small: Path) -> None:
    before = list(measure(read_labelled(small)))
    after = list(measure(settle(small, "a01,S1,types,official_statement,,,no speech")))
    assert before == after
    official = next(row for row in before if row.question == "official_statement")
    assert (official.total, official.agreed, official.first, official.second) == (3, 2, 1, 0)


def test_kappa_is_corrected_for_chance() -> None:
    # Observed 0.7; by chance 0.6 * 0.5 + 0.4 * 0.5 = 0.5; (0.7 - 0.5) / (1 - 0.5) = 0.4.
    answers = [(True, True)] * 4 + [(True, False)] * 2 + [(False, True)] + [(False, False)] * 3
    assert closed("rain", "days", answers) == Agreement("rain", "days", 10, 7, 6, 5, 0.4)


def test_every_item_of_a_sentence_is_written_as_in_a_pass(small: Path) -> None:
    row = read_labelled(small)[1]
    assert items(row.first) == {
        "types": "official_statement",
        "speaker": "Norway",
        "official": "yes",
        "stance:1": "0",
        "stance:2": "+@Norway",
        "stance:3": "0",
    }
    assert row.differing == ("types", "speaker", "official", "stance:2")


def test_the_commands_write_the_tables_and_describe_them(small: Path) -> None:
    runner = CliRunner()
    built = runner.invoke(app, ["build", "--folder", str(small)])
    assert built.exit_code == 0
    assert read_csv(small / "claims.csv")["sentence_id"].tolist() == ["H", "S1", "S2"]
    again = small / "again"
    shutil.copytree(small, again)
    assert runner.invoke(app, ["build", "--folder", str(again)]).exit_code == 0
    for name in TABLES:
        assert (small / f"{name}.csv").read_bytes() == (again / f"{name}.csv").read_bytes()
    assert "supportive" in runner.invoke(app, ["count", "--folder", str(small)]).stdout
    assert "kappa" in runner.invoke(app, ["agreement", "--folder", str(small)]).stdout
