"""Relations through the whole model: tables, articles, saved folders, training."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from readers import encoder_model, tiny_encoder
from strategies import pair_frames

from stancekit.errors import InputError, NotTrainedError, TableError
from stancekit.evaluation import evaluate
from stancekit.features.wordvectors import WordVectors
from stancekit.fit import fit_model
from stancekit.labels import STANCES
from stancekit.model import Model
from stancekit.store import load
from stancekit.training import train

SPANS = ["holder_start", "holder_end", "target_start", "target_end"]
VERBS = {"praised": "supportive", "met": "neutral", "condemned": "critical"}


def relations_of(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Build a table from (text, holder, target, stance), spans at the first mention."""
    frame = pd.DataFrame(rows, columns=["text", "holder", "target", "stance"], dtype=str)
    for who in ("holder", "target"):
        places = zip(frame["text"], frame[who], strict=True)
        frame[f"{who}_start"] = [text.index(name) for text, name in places]
        frame[f"{who}_end"] = frame[f"{who}_start"] + frame[who].str.len()
    return frame.drop(columns=["holder", "target"])


TABLE = relations_of(
    *(
        (f"{one} {verb} {other}.", holder, target, side)
        for verb, stance in VERBS.items()
        for one, other in permutations(("Kenya", "Togo", "Peru", "Chile"), 2)
        for holder, target, side in ((one, other, stance), (other, one, "neutral"))
    )
)


@cache
def lexical() -> Model:
    return fit_model(relations=TABLE, vectors=WordVectors.none(), name="related")


@cache
def read() -> Model:
    return fit_model(relations=TABLE, encoder=tiny_encoder(), name="read and related")


MODELS = {"lexical": lexical, "encoder": read}
PRESS = relations_of(
    ("Egypt condemned Ghana.", "Egypt", "Ghana", "critical"),
    ("Egypt condemned Ghana.", "Ghana", "Egypt", "neutral"),
    ("Nepal praised Malta.", "Nepal", "Malta", "supportive"),
)


def test_a_table_gets_probabilities_and_stances() -> None:
    frame = PRESS.drop(columns="stance").set_axis([5, 2, 9])
    labelled = lexical().label_relations(frame)
    assert labelled.index.tolist() == [5, 2, 9]
    assert labelled.columns.tolist() == [*frame.columns, *STANCES, "stance"]
    assert labelled["stance"].tolist() == PRESS["stance"].tolist()
    assert labelled[list(STANCES)].sum(axis=1).tolist() == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("which", MODELS)
def test_the_order_of_rows_changes_nothing(which: str) -> None:
    model = MODELS[which]()
    backwards = model.label_relations(PRESS[::-1])[::-1]
    pd.testing.assert_frame_equal(backwards, model.label_relations(PRESS))


@pytest.mark.parametrize("which", MODELS)
def test_an_empty_table_is_labelled(which: str) -> None:
    labelled = MODELS[which]().label_relations(PRESS[:0])
    assert labelled.empty
    assert set(STANCES) < set(labelled.columns)


def test_swapped_names_swap_nothing_else() -> None:
    swapped = PRESS.assign(text=PRESS["text"].replace({"Egypt": "Yemen"}, regex=True))
    columns = [*STANCES, "stance"]
    pd.testing.assert_frame_equal(
        lexical().label_relations(swapped)[columns], lexical().label_relations(PRESS)[columns]
    )


def test_priors_move_the_probabilities() -> None:
    shares = {"supportive": 0.1, "neutral": 0.1, "critical": 0.8}
    moved, plain = lexical().label_relations(PRESS, priors=shares), lexical().label_relations(PRESS)
    # The first row is certain already.
    assert (moved["critical"] > plain["critical"])[1:].all()
    with pytest.raises(InputError, match="priors: expected a share for each of supportive"):
        lexical().label_relations(PRESS, priors={"critical": 1.0})


def test_every_bad_row_is_listed() -> None:
    bad = PRESS.assign(holder_end=[99, 3, 99], target_start=[0, 2, 14])
    with pytest.raises(TableError, match=r"3 bad rows of 3[^$]*row 1[^$]*row 2[^$]*row 3"):
        lexical().label_relations(bad)


def test_without_the_head_the_error_says_so() -> None:
    with pytest.raises(NotTrainedError, match="no relation head: train one on a table of"):
        encoder_model().label_relations(PRESS)


@pytest.mark.parametrize("which", MODELS)
def test_an_article_has_its_relations(which: str) -> None:
    article = MODELS[which]().analyze("Kenya condemned Togo. Peru praised Chile.")
    found = [(one.holder.name if one.holder else "", one.target.name) for one in article.relations]
    assert ("Kenya", "Togo") in found
    if which == "lexical":
        assert found == [("Kenya", "Togo"), ("Peru", "Chile")]
        assert [one.label for one in article.relations] == ["critical", "supportive"]
        assert article.to_frame("relations")["weight"].round().tolist() == [-1, 1]


def test_a_speaker_holds_the_stance_of_what_he_says() -> None:
    text = "“Egypt condemned Ghana,” President Lee Jae Myung said."
    relations = lexical().analyze(text).relations
    assert {one.holder.name for one in relations if one.holder} <= {"Lee Jae Myung"}


@pytest.mark.parametrize("which", MODELS)
def test_a_saved_head_gives_identical_probabilities(which: str, tmp_path: Path) -> None:
    model = MODELS[which]()
    loaded = load(model.save(tmp_path / "model"))
    assert loaded.relation_labels == STANCES
    pd.testing.assert_frame_equal(
        loaded.label_relations(PRESS), model.label_relations(PRESS), check_exact=True
    )


@settings(max_examples=15)
@given(pair_frames())
def test_any_valid_table_is_labelled(frame: pd.DataFrame) -> None:
    labelled = lexical().label_relations(frame)
    assert labelled["text"].tolist() == frame["text"].tolist()
    assert set(labelled["stance"]) <= set(STANCES)


def test_a_new_head_starts_from_its_base_and_keeps_the_others() -> None:
    base = encoder_model()
    model = train(relations=TABLE, base=base, search=None)
    assert (model.claims, model.stances) == (base.claims, base.stances)
    again = train(relations=PRESS, base=model, search=None)
    blocks = [name for name, _ in again.relations.features_.transformer_list]  # type: ignore[union-attr]
    assert blocks[-1] == "base"
    assert train(claims=None, stances=None, relations=TABLE, base=None, search=None).claims is None


def test_a_table_with_one_stance_is_refused() -> None:
    with pytest.raises(InputError, match="at least two stances to tell apart; found neutral"):
        fit_model(relations=TABLE.assign(stance="neutral"))


def test_pairs_of_one_sentence_are_of_one_document() -> None:
    said: list[str] = []
    model = fit_model(relations=TABLE, vectors=WordVectors.none(), say=said.append)
    assert said == [f"relation head: {len(TABLE)} pairs"]
    assert model.about["data"][0]["table"] == "relations"


def test_relations_are_evaluated_by_document_or_sentence() -> None:
    scored = evaluate(lexical(), relations=TABLE, n_bootstrap=20)
    assert scored.score("relations", "accuracy") == 1
    assert scored.data[["rows", "documents"]].values.tolist() == [[72, 36]]
    assert set(scored.slices["group"]) == {"holder first", "target first"}
    by_document = TABLE.assign(doc_id=["a", "b"] * 36)
    assert evaluate(lexical(), relations=by_document).data["documents"].tolist() == [2]
    assert "Relations by related: 72 pairs of 36 documents" in scored.to_markdown()


def test_two_relation_heads_are_compared() -> None:
    scored = evaluate(lexical(), relations=TABLE, against=read(), n_bootstrap=20)
    changed = scored.to_frame("changes")
    wrong = (read().label_relations(TABLE)["stance"] != TABLE["stance"]).sum()
    assert changed["verdict"].tolist() == ["mended"] * wrong


def test_a_labeller_without_relations_cannot_be_evaluated_on_them() -> None:
    class Silent:
        name, claim_labels, stance_labels = "silent", (), ()

    with pytest.raises(NotTrainedError, match="'silent' labels no relations"):
        evaluate(Silent(), relations=TABLE)  # type: ignore[arg-type]
