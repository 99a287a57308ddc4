from __future__ import annotations

import json
import pickle
from itertools import count, islice
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from models import all_claims, all_stances, retrained_model, small_model, some
from numpy.testing import assert_allclose
from strategies import claim_frames, stance_frames

from stancekit.errors import InputError, NotTrainedError, TableError
from stancekit.model import Model

NEWS = (
    "Harbour talks fail\n"
    "“We will not yield to Togo,” Kenya's foreign minister said on Monday. "
    "Kenya condemned Togo. Rates may rise next year.\n"
)
CLAIMS = ["prediction", "official_statement", "background_fact"]
STANCES = ["supportive", "neutral", "critical"]


def stances_table(n: int = 2, **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({"text": ["Kenya condemned Togo."] * n, "start": 16, "end": 20})
    return frame.assign(**columns)


class TestAnalyze:
    def test_every_sentence_gets_probabilities_and_types(self) -> None:
        article = small_model().analyze(NEWS)
        for sentence in article.sentences:
            assert list(sentence.claims) == CLAIMS
            assert all(0 <= value <= 1 for value in sentence.claims.values())
        assert "prediction" in article.sentences[-1].claim_types

    def test_a_sentence_has_its_speaker(self) -> None:
        (sentence,) = small_model().analyze("“It is over,” Togo said.").sentences
        assert sentence.speaker is not None
        assert sentence.speaker.name == "Togo"

    def test_types_are_those_above_their_thresholds(self) -> None:
        head = small_model().claims
        assert head is not None
        for sentence in small_model().analyze(NEWS).sentences:
            above = [
                name
                for name, threshold in zip(head.classes_, head.thresholds_, strict=True)
                if sentence.claims[name] >= threshold
            ]
            assert list(sentence.claim_types) == above

    def test_stances_are_of_actors_in_their_sentences(self) -> None:
        article = small_model().analyze(NEWS)
        assert {stance.actor.name for stance in article.stances} == {
            "Kenya",
            "Togo",
            "Foreign minister of Kenya",
        }
        for stance in article.stances:
            assert stance.sentence is not None
            sentence = article.sentences[stance.sentence]
            assert sentence.start <= stance.start < stance.end <= sentence.end  # type: ignore[operator]
            assert sum(stance.probabilities.values()) == pytest.approx(1)
            assert stance.label == max(stance.probabilities, key=stance.probabilities.__getitem__)

    def test_only_the_actors_asked_for_are_judged(self) -> None:
        article = small_model().analyze(NEWS, actors=["Togo"])
        assert {stance.actor.name for stance in article.stances} == {"Togo"}

    def test_its_values_are_plain(self) -> None:
        article = small_model().analyze(NEWS)
        rows = [sentence.row() for sentence in article.sentences]
        rows += [record.row() for record in (*article.stances, *article.relations)]
        assert json.loads(json.dumps(rows)) == rows

    @pytest.mark.parametrize("date", ["yesterday", "2026-13-01", 20260101])
    def test_a_bad_date(self, date: str) -> None:
        with pytest.raises(InputError, match="expected an ISO date"):
            small_model().analyze(NEWS, date=date)

    def test_actors_must_be_a_list(self) -> None:
        with pytest.raises(
            InputError, match="expected a list of actor names; found the text 'Togo'"
        ):
            small_model().analyze(NEWS, actors="Togo")

    @pytest.mark.parametrize("text", [None, 3.5, b"Rates rose."])
    def test_no_text(self, text: str) -> None:
        with pytest.raises(InputError, match="expected the text of an article; found"):
            small_model().analyze(text)


class TestAnalyzeMany:
    TEXTS = (NEWS, "", "Rates rose.", "Togo thanked Kenya.")

    def test_articles_come_in_order_and_as_one_by_one(self) -> None:
        model = small_model()
        texts = list(self.TEXTS) * 10
        assert list(model.analyze_many(texts)) == [model.analyze(text) for text in texts]

    def test_an_endless_source_is_read_as_far_as_needed(self) -> None:
        source = (f"Rates rose by {n} percent." for n in count())
        articles = list(islice(small_model().analyze_many(source), 20))
        assert articles[19].text == "Rates rose by 19 percent."
        assert next(source) < "Rates rose by 50"

    @pytest.mark.parametrize("texts", [[], iter([])])
    def test_no_articles(self, texts: list[str]) -> None:
        assert list(small_model().analyze_many(texts)) == []

    def test_a_single_text_is_no_list(self) -> None:
        with pytest.raises(InputError, match=r"one for each article; found one: use analyze"):
            next(small_model().analyze_many(NEWS))

    def test_a_missing_text(self) -> None:
        with pytest.raises(InputError, match="expected the text of an article; found None"):
            list(small_model().analyze_many(pd.Series(["Rates rose.", None], dtype=object)))

    @pytest.mark.slow
    def test_processes_change_nothing(self) -> None:
        model = small_model()
        texts = [f"{text} {n}" for n in range(12) for text in self.TEXTS]
        one, two = (list(model.analyze_many(texts, n_jobs=n)) for n in (1, 2))
        assert one == two
        assert two[0].explain(sentence=3, claim="prediction").label == "prediction"

    @pytest.mark.slow
    def test_an_endless_source_with_processes(self) -> None:
        source = (f"Rates rose by {n} percent." for n in count())
        articles = small_model().analyze_many(source, n_jobs=2)
        assert [next(articles).text for _ in range(20)][19] == "Rates rose by 19 percent."
        articles.close()  # type: ignore[attr-defined]


class TestLabelClaims:
    @settings(max_examples=20)
    @given(claim_frames())
    def test_rows_order_and_columns_are_kept(self, frame: pd.DataFrame) -> None:
        given = frame.sample(frac=1, random_state=0).assign(extra=range(len(frame)))
        labelled = small_model().label_claims(given)
        own = given.drop(columns="claim_types")
        pd.testing.assert_frame_equal(labelled[list(own.columns)], own)
        assert list(labelled.columns) == [*given.columns, *CLAIMS]
        assert labelled[CLAIMS].apply(lambda column: column.between(0, 1)).all(axis=None)

    @pytest.mark.parametrize(
        "index", [[7, 7, 7], ["a", "b", "a"], pd.MultiIndex.from_tuples([(1, "x")] * 3)]
    )
    def test_any_index_is_kept(self, index: object) -> None:
        frame = pd.DataFrame({"text": ["Rates may rise.", "", "Rates rose."]}, index=index)  # type: ignore[call-overload]
        labelled = small_model().label_claims(frame)
        assert labelled.index.equals(frame.index)
        plain = small_model().label_claims(frame.reset_index(drop=True))
        assert labelled["prediction"].tolist() == plain["prediction"].tolist()
        assert labelled["claim_types"].tolist() == plain["claim_types"].tolist()

    def test_the_frame_given_is_left_alone(self) -> None:
        frame = pd.DataFrame({"text": ["Rates may rise."]})
        small_model().label_claims(frame)
        assert list(frame.columns) == ["text"]

    def test_columns_of_an_earlier_labelling_are_replaced(self) -> None:
        once = small_model().label_claims(
            pd.DataFrame({"text": ["Rates may rise.", "Rates rose."]})
        )
        pd.testing.assert_frame_equal(small_model().label_claims(once), once)

    def test_neighbours_of_a_document_count(self) -> None:
        frame = pd.DataFrame({"text": ["It may end.", "“It may end,” the ministry said."]})
        alone = small_model().label_claims(frame)
        together = small_model().label_claims(frame.assign(doc_id="d"))
        assert not np.allclose(alone["prediction"], together["prediction"])

    @pytest.mark.parametrize("text", ["", "  ", None])
    def test_no_text_has_no_type(self, text: str | None) -> None:
        labelled = small_model().label_claims(pd.DataFrame({"text": [text]}))
        assert labelled["claim_types"].tolist() == [""]

    @pytest.mark.parametrize("columns", [["text"], ["text", "doc_id"]])
    def test_no_rows(self, columns: list[str]) -> None:
        labelled = small_model().label_claims(pd.DataFrame(columns=columns))
        assert list(labelled.columns) == [*columns, *CLAIMS, "claim_types"]
        assert labelled.empty
        assert labelled["prediction"].dtype == float

    def test_own_types(self) -> None:
        texts = ["The talks will resume and the port will reopen.", "The talks have resumed."]
        labelled = retrained_model().label_claims(pd.DataFrame({"text": texts}))
        assert list(labelled.columns) == ["text", *CLAIMS, "pledge", "claim_types"]
        is_pledge = ["pledge" in types.split("|") for types in labelled["claim_types"]]
        assert is_pledge == [True, False]

    def test_the_articles_of_a_table_are_labelled_as_articles(self) -> None:
        model = small_model()
        article = model.analyze("Rates may rise. “It will end,” the ministry said. Rain fell.")
        frame = pd.DataFrame({"doc_id": "d", "text": [s.text for s in article.sentences]})
        labelled = model.label_claims(frame)
        found = [list(sentence.claims.values()) for sentence in article.sentences]
        assert_allclose(labelled[CLAIMS], found, atol=1e-6)

    def test_a_missing_column(self) -> None:
        with pytest.raises(TableError, match=r"(?s)missing columns.*text"):
            small_model().label_claims(pd.DataFrame({"sentence": ["Rates rose."]}))

    def test_without_a_claim_head(self) -> None:
        model = Model(stances=small_model().stances, name="half")
        with pytest.raises(NotTrainedError, match="model 'half' has no claim head"):
            model.label_claims(pd.DataFrame({"text": ["Rates rose."]}))
        assert model.claim_labels == ()
        assert model.analyze(NEWS).sentences[1].claims == {}
        assert model.analyze(NEWS).stances


class TestLabelStances:
    @settings(max_examples=20)
    @given(stance_frames())
    def test_rows_order_and_columns_are_kept(self, frame: pd.DataFrame) -> None:
        given = frame.sample(frac=1, random_state=0).assign(extra=range(len(frame)))
        labelled = small_model().label_stances(given)
        own = given.drop(columns="stance")
        pd.testing.assert_frame_equal(labelled[list(own.columns)], own)
        assert list(labelled.columns) == [*given.columns, *STANCES]
        assert_allclose(labelled[STANCES].sum(axis=1), 1)
        assert labelled["stance"].tolist() == labelled[STANCES].idxmax(axis=1).tolist()

    @pytest.mark.parametrize("index", [[7, 7], pd.MultiIndex.from_tuples([(1, "x")] * 2)])
    def test_any_index_is_kept(self, index: object) -> None:
        frame = stances_table().set_axis(index)  # type: ignore[arg-type]
        frame["text"] = ["Kenya condemned Togo.", "Kenya applauds  Togo."]
        labelled = small_model().label_stances(frame)
        assert labelled.index.equals(frame.index)
        plain = small_model().label_stances(frame.reset_index(drop=True))
        assert labelled["critical"].tolist() == plain["critical"].tolist()

    def test_a_named_actor_is_judged_where_it_stands(self) -> None:
        spans = small_model().label_stances(stances_table(1))
        named = small_model().label_stances(
            pd.DataFrame({"text": ["Kenya condemned Togo."], "actor": ["Togo"]}, index=["x"])
        )
        assert named.index.tolist() == ["x"]
        assert_allclose(named[STANCES], spans[STANCES])

    def test_the_mentions_of_a_named_actor_are_averaged(self) -> None:
        text = "Togo lied, and critics condemned Togo."
        starts = [0, text.rindex("Togo")]
        spans = pd.DataFrame(
            {"text": [text] * 2, "start": starts, "end": [at + 4 for at in starts]}
        )
        each = small_model().label_stances(spans)
        named = small_model().label_stances(pd.DataFrame({"text": [text], "actor": ["Togo"]}))
        assert_allclose(named[STANCES].iloc[0], each[STANCES].mean())

    def test_an_actor_that_is_not_there(self) -> None:
        frame = pd.DataFrame({"text": ["Kenya won.", "Rain fell."], "actor": ["Kenya", "Togo"]})
        with pytest.raises(TableError, match=r"row 2 +actor +expected an actor .* found 'Togo'"):
            small_model().label_stances(frame)

    @pytest.mark.parametrize(
        ("start", "end", "message"),
        [
            (5, 6, "expected a span that covers a word"),
            (16, 16, "expected 0 <= start < end"),
            (16, 99, "expected 0 <= start < end <= 21"),
            (-4, 4, "expected 0 <= start < end"),
            ("x", 4, "expected a whole number +found 'x'"),
            (1.5, 4, "expected a whole number +found 1.5"),
        ],
    )
    def test_a_bad_span(self, start: object, end: object, message: str) -> None:
        with pytest.raises(TableError, match=rf"1 bad row of 1\n +row 1 .*{message}"):
            small_model().label_stances(stances_table(1, start=start, end=end))

    def test_offsets_may_be_text(self) -> None:
        as_text = small_model().label_stances(stances_table(1, start="16", end="20"))
        as_numbers = small_model().label_stances(stances_table(1))
        assert as_text["critical"].tolist() == as_numbers["critical"].tolist()

    @pytest.mark.parametrize("columns", [["text", "start", "end"], ["text", "actor"]])
    def test_no_rows(self, columns: list[str]) -> None:
        labelled = small_model().label_stances(pd.DataFrame(columns=columns))
        assert list(labelled.columns) == [*columns, *STANCES, "stance"]
        assert labelled.empty

    def test_own_stances(self) -> None:
        labelled = retrained_model().label_stances(stances_table(1))
        assert list(labelled.columns)[3:] == ["anti", "mixed", "pro", "stance"]
        assert labelled["stance"].iloc[0] in {"anti", "mixed", "pro"}
        assert labelled[["anti", "mixed", "pro"]].sum(axis=1).iloc[0] == pytest.approx(1)

    def test_missing_columns(self) -> None:
        with pytest.raises(TableError, match=r"(?s)missing columns.*start.*end"):
            small_model().label_stances(pd.DataFrame({"text": ["Rates rose."]}))

    def test_without_a_stance_head(self) -> None:
        model = Model(claims=small_model().claims, name="half")
        with pytest.raises(NotTrainedError, match="model 'half' has no stance head"):
            model.label_stances(stances_table())
        assert model.analyze(NEWS).stances == ()
        assert model.analyze(NEWS).sentences[0].claims


class TestExplain:
    def test_a_claim(self) -> None:
        article = small_model().analyze(NEWS)
        why = article.explain(sentence=3, claim="prediction")
        words = article.sentences[3].text
        assert all(words[start:end] == word for word, start, end, _ in why.tokens)
        parts = [value for *_, value in why.tokens] + list(why.context.values())
        assert why.bias + sum(parts) == pytest.approx(why.logit)

    @pytest.mark.parametrize("model", [small_model, retrained_model])
    def test_a_stance_by_name_or_id(self, model: object) -> None:
        article = model().analyze(NEWS)  # type: ignore[operator]
        (stance,) = (s for s in article.stances_of(2) if s.actor.name == "Togo")
        why = article.explain(sentence=2, actor="Togo")
        assert why.label == stance.label
        assert article.explain(sentence=2, actor=stance.actor.id) == why

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"sentence": 9, "claim": "prediction"}, "expected a sentence from 0 to 3; found 9"),
            ({"sentence": -1, "claim": "prediction"}, "expected a sentence from 0 to 3; found -1"),
            ({"sentence": 0, "claim": "aside"}, "expected one of prediction, .*; found 'aside'"),
            ({"sentence": 2, "actor": "Peru"}, r"of sentence 2 \(Kenya, Togo\); found 'Peru'"),
            ({"sentence": 0, "actor": "Togo"}, r"of sentence 0 \(none\); found 'Togo'"),
            ({"sentence": 0}, "expected either claim=... or actor=...; found neither or both"),
        ],
    )
    def test_what_is_not_there(self, asked: dict[str, object], message: str) -> None:
        with pytest.raises(InputError, match=message):
            small_model().analyze(NEWS).explain(**asked)  # type: ignore[arg-type]

    def test_without_a_head(self) -> None:
        article = Model().analyze(NEWS)
        with pytest.raises(NotTrainedError, match="no claim head"):
            article.explain(sentence=0, claim="prediction")
        with pytest.raises(NotTrainedError, match="no stance head"):
            article.explain(sentence=0, actor="Togo")


class TestCopies:
    def same(self, copy: Model) -> None:
        claims, stances = some(all_claims(), every=40), some(all_stances(), every=40)
        for method, frame in (("label_claims", claims), ("label_stances", stances)):
            expected = getattr(small_model(), method)(frame)
            pd.testing.assert_frame_equal(getattr(copy, method)(frame), expected)

    def test_pickle(self) -> None:
        self.same(pickle.loads(pickle.dumps(small_model())))

    def test_joblib(self, tmp_path: Path) -> None:
        joblib.dump(small_model(), tmp_path / "model.joblib")
        self.same(joblib.load(tmp_path / "model.joblib"))

    def test_repr_names_the_labels(self) -> None:
        assert repr(small_model()) == f"<Model 'small': {', '.join([*CLAIMS, *STANCES])}>"
