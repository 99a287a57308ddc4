"""Models on top of an encoder: one reading, all heads."""

from __future__ import annotations

import pickle
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import small_model
from numpy.testing import assert_allclose, assert_array_equal
from readers import (
    CLAIMS,
    TARGETS,
    CountingEncoder,
    encoder_model,
    targets_of,
    tiny_encoder,
)
from sklearn.linear_model import LogisticRegression
from strategies import any_text, odd_text

from stancekit.classify.claims import ClaimClassifier
from stancekit.encoder import CachedReader, Encoder
from stancekit.errors import InputError, TableError
from stancekit.features.context import sentence_rows, target_rows
from stancekit.fit import fit_model
from stancekit.model import Model
from stancekit.parse import parse_article, read_article, speech_of
from stancekit.store import load

NEWS = (
    "Harbour talks fail\n"
    "“We will not yield to Togo,” Kenya's foreign minister said on Monday. "
    "Kenya condemned Togo. Rates may rise next year.\n"
)
STANCES = ["supportive", "neutral", "critical"]


class TestReading:
    def test_an_article_is_read_once_for_all_heads(self) -> None:
        encoder = CountingEncoder()
        model = Model(claims=encoder_model().claims, stances=encoder_model().stances)
        model.encoder = encoder
        article = model.analyze(NEWS)
        assert encoder.asked == [[sentence.text for sentence in article.sentences]]
        assert article.stances
        assert article == encoder_model().analyze(NEWS)

    def test_a_text_that_names_actors_is_read_once(self) -> None:
        encoder = CountingEncoder()
        model = Model(stances=encoder_model().stances, encoder=encoder)
        text = "Kenya condemned Togo."
        frame = pd.DataFrame({"text": [text] * 2, "actor": ["Togo", "Kenya"]})
        labelled = model.label_stances(frame)
        assert encoder.asked == [[text]]
        spans = model.label_stances(targets_of((text, 16, 20), (text, 0, 5)))
        assert_array_equal(labelled[STANCES], spans[STANCES])

    def test_boilerplate_is_not_read(self) -> None:
        encoder = CountingEncoder()
        article = parse_article(
            "Rates rose on Monday.\nRelated Posts\n", finder=small_model().finder
        )
        assert [one.role for one in article.sentences] == ["body", "boilerplate"]
        readings = read_article(article, encoder)
        assert readings is not None
        assert encoder.asked == [["Rates rose on Monday."]]
        assert [len(one.vectors) > 0 for one in readings] == [True, False]
        assert readings[1].vectors.shape == (0, 32)

    def test_the_lexical_model_reads_nothing(self) -> None:
        article = parse_article(NEWS, finder=small_model().finder)
        assert read_article(article, None) is None

    def test_a_cache_changes_nothing(self, tmp_path: Path) -> None:
        cached = fit_model(
            claims=CLAIMS, stances=TARGETS, encoder=CachedReader(tiny_encoder(), tmp_path)
        )
        assert isinstance(cached.encoder, Encoder)
        assert_array_equal(cached.claims.coef_, encoder_model().claims.coef_)  # type: ignore[union-attr]
        assert_array_equal(cached.stances.coef_, encoder_model().stances.coef_)  # type: ignore[union-attr]

    def test_heads_without_their_encoder(self) -> None:
        model = Model(claims=encoder_model().claims)
        with pytest.raises(InputError, match="or give the model its encoder"):
            model.label_claims(CLAIMS)


class TestSameLabels:
    @settings(max_examples=15, deadline=None)
    @given(st.lists(any_text, min_size=1, max_size=4), st.randoms(use_true_random=False))
    def test_batches_and_their_order(self, texts: list[str], random: object) -> None:
        order = random.sample(range(len(texts)), len(texts))  # type: ignore[attr-defined]
        found = list(encoder_model().analyze_many([texts[at] for at in order]))
        assert found == [encoder_model().analyze(texts[at]) for at in order]

    def test_rows_and_their_order(self) -> None:
        whole = encoder_model().label_stances(TARGETS)
        for part in (TARGETS[::-1], TARGETS[:1], TARGETS[3:11]):
            found = encoder_model().label_stances(part)
            pd.testing.assert_frame_equal(found, whole.loc[part.index])

    def test_documents_and_their_order(self) -> None:
        parts = [part for _, part in CLAIMS.groupby("doc_id")]
        whole = encoder_model().label_claims(CLAIMS)
        turned = encoder_model().label_claims(pd.concat(parts[::-1]))
        pd.testing.assert_frame_equal(turned.sort_index(), whole)

    def test_parts_of_a_large_table(self, monkeypatch: pytest.MonkeyPatch) -> None:
        claims, stances = (
            encoder_model().label_claims(CLAIMS),
            encoder_model().label_stances(TARGETS),
        )
        monkeypatch.setattr("stancekit.labelling._ROWS_AT_ONCE", 5)
        pd.testing.assert_frame_equal(encoder_model().label_claims(CLAIMS), claims)
        pd.testing.assert_frame_equal(encoder_model().label_stances(TARGETS), stances)

    def test_articles_are_labelled_as_tables(self) -> None:
        article = encoder_model().analyze(NEWS)
        ids = ["H", "S1", "S2", "S3"]
        frame = pd.DataFrame({"text": [s.text for s in article.sentences], "sentence_id": ids})
        labelled = encoder_model().label_claims(frame.assign(doc_id="d"))
        names = list(encoder_model().claim_labels)
        found = [list(sentence.claims.values()) for sentence in article.sentences]
        assert_allclose(labelled[names], found, atol=1e-6)

    def test_copies(self, tmp_path: Path) -> None:
        article = encoder_model().analyze(NEWS)
        assert pickle.loads(pickle.dumps(encoder_model())).analyze(NEWS) == article
        joblib.dump(encoder_model(), tmp_path / "model.joblib")
        assert joblib.load(tmp_path / "model.joblib").analyze(NEWS) == article
        encoder_model().save(tmp_path / "saved")
        loaded = load(tmp_path / "saved")
        assert loaded.analyze(NEWS) == article
        assert loaded.encoder is not None
        assert loaded.encoder.digest == tiny_encoder().digest
        frame = encoder_model().label_stances(TARGETS)
        pd.testing.assert_frame_equal(loaded.label_stances(TARGETS), frame)

    @pytest.mark.slow
    def test_processes(self) -> None:
        texts = [f"{NEWS} {n}" for n in range(40)]
        one, two = (list(encoder_model().analyze_many(texts, n_jobs=n)) for n in (1, 2))
        assert one == two
        assert two[0].explain(sentence=3, claim="prediction").label == "prediction"


class TestAnyText:
    @settings(max_examples=40, deadline=None)
    @given(any_text)
    def test_articles(self, text: str) -> None:
        article = encoder_model().analyze(text)
        for sentence in article.sentences:
            assert all(0 <= value <= 1 for value in sentence.claims.values())
        for stance in article.stances:
            assert sum(stance.probabilities.values()) == pytest.approx(1)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(odd_text, max_size=4))
    def test_sentences(self, texts: list[str]) -> None:
        labelled = encoder_model().label_claims(pd.DataFrame({"text": texts, "doc_id": "d"}))
        assert labelled["text"].tolist() == texts
        values = labelled[list(encoder_model().claim_labels)].to_numpy(dtype=float)
        assert np.isfinite(values).all()

    def test_a_very_long_sentence(self) -> None:
        text = "Kenya condemned " + "the old " * 600 + "Togo."
        frame = targets_of((text, 0, 5), (text, len(text) - 5, len(text) - 1))
        found = encoder_model().label_stances(frame)[STANCES].to_numpy()
        assert np.isfinite(found).all()
        assert not np.allclose(found[0], found[1])


class TestTargetsWithoutTokens:
    TEXT = "Kenya met \u200b Togo"

    def test_spans(self) -> None:
        frame = targets_of((self.TEXT, 0, 5), (self.TEXT, 10, 11))
        with pytest.raises(
            TableError, match=r"1 bad row of 2\n +row 2 +start, end +expected a span"
        ):
            encoder_model().label_stances(frame)

    def test_training(self) -> None:
        bad = TARGETS.assign(text=self.TEXT, start=10, end=11)
        with pytest.raises(TableError, match="a span with letters that the encoder can read"):
            fit_model(stances=bad, encoder=tiny_encoder())

    def test_the_lexical_model_takes_them(self) -> None:
        assert len(small_model().label_stances(targets_of((self.TEXT, 10, 11)))) == 1


class TestExplanations:
    @settings(max_examples=25, deadline=None)
    @given(any_text)
    def test_they_add_up_to_the_logit(self, text: str) -> None:
        model = encoder_model()
        article = parse_article(text, finder=model.finder)
        readings, speech = read_article(article, model.encoder), speech_of(article)
        targets = [(mention, actor) for actor in article.actors for mention in actor.mentions]
        for head, rows in (
            (model.claims, sentence_rows(article, speech, readings)),
            (model.stances, target_rows(article, speech, targets, readings)),
        ):
            assert head is not None
            for row in rows[:4]:
                for label, score in zip(
                    head.classes_, head.decision_function([row])[0], strict=True
                ):
                    why = head.explain(row, label)
                    shares = [share for *_, share in why.tokens] + list(why.context.values())
                    assert why.bias + sum(shares) == pytest.approx(why.logit, abs=1e-6)
                    assert why.logit == pytest.approx(score, abs=1e-4)

    def test_the_logit_is_that_of_the_label_given(self) -> None:
        article = encoder_model().analyze(NEWS)
        head = encoder_model().claims
        assert head is not None
        why = article.explain(sentence=3, claim="prediction")
        at = head.classes_.tolist().index("prediction")
        probability = 1 / (1 + np.exp(-(why.logit * head.slopes_[at] + head.offsets_[at])))
        assert article.sentences[3].claims["prediction"] == pytest.approx(probability, abs=1e-4)
        assert {"before", "role=body"} <= set(why.context)
        assert [word for word, *_ in why.tokens] == ["Rates", "may", "rise", "next", "year", "."]
        assert all(share for *_, share in why.tokens)

    def test_a_stance(self) -> None:
        article = encoder_model().analyze(NEWS)
        why = article.explain(sentence=2, actor="Togo")
        (stance,) = (one for one in article.stances_of(2) if one.actor.name == "Togo")
        assert why.label == stance.label
        assert all(share for *_, share in why.tokens)

    def test_a_refitted_head(self) -> None:
        model = fit_model(claims=CLAIMS, base=encoder_model())
        why = model.analyze(NEWS).explain(sentence=3, claim="prediction")
        shares = [share for *_, share in why.tokens] + list(why.context.values())
        assert why.bias + sum(shares) == pytest.approx(why.logit)
        assert "base prediction" in why.context


class TestFit:
    def test_the_encoder_of_the_base_is_taken_over(self) -> None:
        model = fit_model(claims=CLAIMS, base=encoder_model())
        assert model.encoder is encoder_model().encoder
        assert model.stances is encoder_model().stances
        assert "read_sentence" in dict(model.claims.features_.transformer_list)  # type: ignore[union-attr]

    def test_a_lexical_base_gets_an_encoder(self) -> None:
        model = fit_model(claims=CLAIMS, base=small_model(), encoder=tiny_encoder())
        assert model.stances is small_model().stances
        assert model.label_stances(TARGETS)["stance"].isin(STANCES).all()
        assert len(model.label_claims(CLAIMS)) == len(CLAIMS)

    def test_two_encoders_are_refused(self) -> None:
        class Other(CountingEncoder):
            def __init__(self) -> None:
                super().__init__()
                self.digest = "0" * 64

        with pytest.raises(InputError, match=r"the encoder of the base model .* found another"):
            fit_model(claims=CLAIMS, base=encoder_model(), encoder=Other())

    def test_rows_to_calibrate_on(self) -> None:
        news = TARGETS.assign(calibration_weight=TARGETS["stance"].eq("neutral").astype(int))
        model = fit_model(stances=news, encoder=tiny_encoder())
        assert model.stances is not None
        assert model.stances.priors_.argmax() == 1
        with pytest.raises(InputError, match="column calibration_weight: expected numbers of 0"):
            fit_model(stances=news.assign(calibration_weight="some"), encoder=tiny_encoder())

    def test_full_matrices_are_fitted_in_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kinds = set()
        fit = LogisticRegression.fit

        def noting(self: LogisticRegression, X: object, *rest: object, **more: object) -> object:
            kinds.add(type(X))
            return fit(self, X, *rest, **more)

        monkeypatch.setattr(LogisticRegression, "fit", noting)
        fit_model(claims=CLAIMS, stances=TARGETS, encoder=tiny_encoder())
        assert kinds == {np.ndarray}

    def test_a_head_of_ones_own(self) -> None:
        assert encoder_model().claims is not None
        features = encoder_model().claims.features  # type: ignore[union-attr]
        assert isinstance(features, type(encoder_model().claims.features_))  # type: ignore[union-attr]
        assert ClaimClassifier(features=features).get_params()["features"] is features
