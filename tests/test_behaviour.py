"""What must not change a label, and what must: behaviour of any trained model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import all_claims, all_stances, full_model, small_model
from numpy.testing import assert_allclose
from strategies import any_text, articles, odd_text

from stancekit.article import Article
from stancekit.features.context import as_rows
from stancekit.features.frames import describe_targets

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
STANCES = ["supportive", "neutral", "critical"]
COUNTRIES = (
    "Albania Algeria Australia Brazil Canada Chile Cuba Denmark Ecuador Egypt Estonia Ghana Greece "
    "Hungary India Indonesia Iran Japan Kenya Latvia Malaysia Mexico Morocco Nepal Nigeria Norway "
    "Pakistan Peru Poland Portugal Romania Russia Rwanda Slovenia Spain Sudan Sweden Tanzania "
    "Thailand Togo Tunisia Turkey Uganda Ukraine Vietnam Zambia"
).split()
ALIKE = {
    "nia": ("Albania", "Armenia", "Estonia", "Romania"),
    "and": ("Finland", "Iceland", "Ireland"),
    "ria": ("Algeria", "Austria", "Nigeria"),
}
"""Countries whose names end alike and are as long: nothing tells them apart."""
TOWARD = (
    "Ministers condemned {} for the raid on the port.",
    "The union praised {} for opening its archives.",
    "The court found that {} had kept its word.",
    "Aid workers accused {} of starving the camps.",
    "The envoy thanked {} for its patience on Monday.",
    "Critics say {} has ignored every ruling so far.",
    "The bank lent {} a further 40 million dollars.",
    "Few doubt that {} will honour the ceasefire.",
    "Talks with {} resume in the spring.",
    "“We were betrayed by {},” the general said.",
    "{} was blamed for the spill.",
    "{} won applause for its rescue of the crew.",
    "The report calls {} a reckless neighbour.",
    "Investors have warmed to {} since the vote.",
    "Without {}, the mediators said, no deal was possible.",
    "Fishermen fear that {} may close the strait.",
    "The commission fined {} over the landfill.",
    "Doctors hailed {} as a model for the region.",
    "The treaty obliges {} to share its data.",
    "The mayor said {} was “a friend in need”.",
    "Prosecutors suspect {} of hiding the ledgers.",
    "Its rivals envy {} for its harbours.",
    "Exports to {} fell by a fifth in May.",
    "Few countries have done as much for refugees as {}.",
    "The rebels rejected an offer from {}.",
    "Scientists from {} took part in the survey.",
    "The premier urged {} to release the sailors.",
    "No one trusts {} any longer, the daily wrote.",
    "A ferry from {} was turned back at dawn.",
    "The assembly voted to censure {}.",
    "{} and the union signed the charter in 1998.",
    "The alliance stands by {}, its secretary said.",
    "The strike crippled {} for a week.",
    "Growers accuse {} of dumping cheap tomatoes.",
    "The prize went to {} for its clean rivers.",
    "A spokesman said {} had lied to the inspectors.",
    "Observers commended {} for a fair count.",
    "The minister will fly to {} on Thursday.",
    "Sanctions against {} were renewed.",
    "The fund expects {} to grow by 3 percent.",
    "Human rights groups denounced {} again.",
    "The pact gives {} access to two ports.",
    "Relations with {} have never been better.",
    "The blockade of {} is now in its fourth week.",
    "The president called {} “a beacon of calm”.",
    "Creditors lost patience with {}.",
    "The coach said {} had deserved to win.",
    "Smugglers cross into {} by night.",
    "The chairman defended {} against the charge.",
    "Parents wrote to {} to complain.",
)


def labels(article: Article) -> list[tuple[Any, ...]]:
    stances = [(s.sentence, s.actor.name, s.label) for s in article.stances]
    return [*((s.text.strip(), s.claim_types) for s in article.sentences), *stances]


def targets(template: str, names: tuple[str, ...] | list[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"text": [template.format(name) for name in names], "name": names})
    frame["start"] = template.index("{}")
    return frame.assign(end=frame["start"] + frame["name"].str.len())


class TestNames:
    """Who it is changes nothing: what is said of him does."""

    @pytest.mark.parametrize("names", ALIKE.values(), ids=ALIKE)
    @pytest.mark.parametrize("template", TOWARD[:20])
    def test_another_name_of_the_same_form(self, template: str, names: tuple[str, ...]) -> None:
        found = small_model().label_stances(targets(template, names))[STANCES].to_numpy()
        assert_allclose(found, found[:1].repeat(len(names), axis=0), atol=1e-6)

    @pytest.mark.parametrize("template", TOWARD)
    def test_only_the_ending_and_the_length_of_a_name_are_seen(self, template: str) -> None:
        head = small_model().stances
        assert head is not None
        names = head.features_.get_feature_names_out()
        described = describe_targets(targets(template, COUNTRIES), small_model().finder)
        matrix = head.features_.transform(as_rows(described)).toarray()
        differs = names[np.ptp(matrix, axis=0) > 1e-6]
        # What is quoted or reported is told as a share of the sentence's characters.
        seen = ("mention__mention:ending=", "mention__speech=")
        assert all(name.startswith(seen) for name in differs)
        shares = [name for name in differs if name.startswith(seen[1])]
        assert all(name.endswith((" quoted", " reported")) for name in shares)

    @pytest.mark.parametrize("other", ["Chile", "Nepal", "Egypt"])
    def test_who_else_is_in_the_sentence(self, other: str) -> None:
        frame = pd.DataFrame(
            {"text": [f"{name} condemned Togo on Monday." for name in ("Kenya", other)]}
        )
        frame["start"] = frame["text"].str.index("Togo")
        frame["end"] = frame["start"] + 4
        found = small_model().label_stances(frame)[STANCES].to_numpy()
        assert_allclose(found[0], found[1], atol=1e-6)

    @pytest.mark.parametrize(
        "template",
        [
            "{} may cut rates in May.",
            "“We will not yield,” {} said on Monday.",
            "{} was founded in 1958.",
            "Rates will fall, a spokeswoman for {} said.",
            "Rates will fall, the foreign minister of {} said.",
        ],
    )
    def test_claims_do_not_depend_on_names(self, template: str) -> None:
        names = [name for name in COUNTRIES if len(name) == 5]
        found = small_model().label_claims(
            pd.DataFrame({"text": [template.format(name) for name in names]})
        )
        for name in small_model().claim_labels:
            assert np.ptp(found[name]) < 1e-6

    def test_swapped_names_swap_the_stances(self) -> None:
        def found(holder: str, target: str) -> dict[str, str]:
            article = small_model().analyze(f"{holder} praised Peru. Critics condemned {target}.")
            return {stance.actor.name: stance.label for stance in article.stances}

        one, other = found("Albania", "Romania"), found("Romania", "Albania")
        assert one["Albania"] == other["Romania"]
        assert one["Romania"] == other["Albania"]


class TestForm:
    """How the text is set changes nothing."""

    @settings(max_examples=25)
    @given(articles(), st.sampled_from([" ", "\n", "\t\n ", "\xa0"]))
    def test_white_space_around(self, text: str, space: str) -> None:
        plain = labels(small_model().analyze(text))
        assert labels(small_model().analyze(space + text + space)) == plain

    @pytest.mark.parametrize(
        "text",
        [
            "“We will not yield,” Kenya’s minister said. “It’s over,” Togo replied.",
            "Kenya’s envoy called the plan “reckless”. ‘Never,’ said Togo.",
            "“They’ll fall,” an analyst said. “Rates can’t rise.”",
            "Kenya said it wouldn’t “reward” Togo’s raid.",
        ],
    )
    def test_curly_or_straight_quotation_marks(self, text: str) -> None:
        curly, straight = (small_model().analyze(t) for t in (text, text.translate(STRAIGHT)))
        shown = [
            tuple(c.translate(STRAIGHT) if isinstance(c, str) else c for c in row)
            for row in labels(curly)
        ]
        assert shown == labels(straight)
        for one, other in zip(curly.sentences, straight.sentences, strict=True):
            assert list(one.claims.values()) == pytest.approx(list(other.claims.values()))

    @pytest.mark.slow
    def test_curly_or_straight_in_the_datasets(self) -> None:
        straight = all_claims().assign(text=all_claims()["text"].str.translate(STRAIGHT))
        found = [small_model().label_claims(frame) for frame in (all_claims(), straight)]
        changed = found[0]["claim_types"] != found[1]["claim_types"]
        assert changed.mean() < 0.005

    @settings(max_examples=20)
    @given(st.lists(any_text, min_size=1, max_size=5), st.randoms(use_true_random=False))
    def test_batches_and_their_order(self, texts: list[str], random: Any) -> None:
        order = random.sample(range(len(texts)), len(texts))
        found = list(small_model().analyze_many([texts[at] for at in order]))
        assert found == [small_model().analyze(texts[at]) for at in order]

    def test_rows_and_their_order(self) -> None:
        frame = all_stances().sample(60, random_state=0)
        whole = small_model().label_stances(frame)
        for part in (frame[::-1], frame[:1], frame[20:41]):
            found = small_model().label_stances(part)
            pd.testing.assert_frame_equal(found, whole.loc[part.index])

    def test_documents_and_their_order(self) -> None:
        documents = all_claims()["doc_id"].unique()[:4]
        parts = [all_claims()[all_claims()["doc_id"] == one] for one in documents]
        whole = small_model().label_claims(pd.concat(parts))
        turned = small_model().label_claims(pd.concat(parts[::-1]))
        pd.testing.assert_frame_equal(turned.sort_index(), whole.sort_index())

    @pytest.mark.slow
    def test_processes_with_other_hash_seeds(self) -> None:
        # Sets have another order in every process; nothing may depend on it.
        script = (
            "import sys; sys.path.insert(0, 'tests')\n"
            "from models import all_claims, small_model\n"
            "text = ' '.join(all_claims()['text'][:80])\n"
            "print(repr(small_model().analyze(text)))"
        )
        found = [
            subprocess.run(
                [sys.executable, "-c", script],
                env={"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": "1"},
                cwd=Path(__file__).parents[1],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        ]
        assert found[0] == found[1]


class TestAbsence:
    """What isn't there gets no label."""

    @pytest.mark.parametrize("actor", ["Mars", "Peru", "Ida Falk", ""])
    def test_an_actor_that_is_not_in_the_text(self, actor: str) -> None:
        article = small_model().analyze("Kenya condemned Togo.", actors=[actor])
        assert article.stances == ()

    @settings(max_examples=25)
    @given(articles())
    def test_boilerplate_has_no_claims(self, text: str) -> None:
        article = small_model().analyze(text)
        for sentence in article.sentences:
            assert (sentence.claims == {}) == (sentence.role == "boilerplate")
        judged = {
            article.sentences[s.sentence].role for s in article.stances if s.sentence is not None
        }
        assert "boilerplate" not in judged

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "\xa0", "\u2028", "\ufeff" * 0])
    def test_no_text(self, text: str) -> None:
        article = small_model().analyze(text)
        assert (article.text, article.sentences, article.actors) == (text, (), ())
        assert article.notes


class TestAnyText:
    """Nothing that can be written makes it fail."""

    @settings(max_examples=150)
    @given(st.one_of(any_text, st.text(st.characters(codec=None))))
    def test_articles(self, text: str) -> None:
        article = small_model().analyze(text)
        for sentence in article.sentences:
            assert text[sentence.start : sentence.end] == sentence.text
            assert all(0 <= value <= 1 for value in sentence.claims.values())
        for stance in article.stances:
            assert sum(stance.probabilities.values()) == pytest.approx(1)
        for view in ("sentences", "actors", "stances", "relations", "quotations"):
            article.to_frame(view)

    @settings(max_examples=60)
    @given(st.lists(odd_text, max_size=4))
    def test_sentences(self, texts: list[str]) -> None:
        labelled = small_model().label_claims(pd.DataFrame({"text": texts, "doc_id": "d"}))
        assert labelled["text"].tolist() == texts
        assert np.isfinite(labelled[list(small_model().claim_labels)].to_numpy(dtype=float)).all()

    @settings(max_examples=60)
    @given(odd_text, st.text(st.characters(codec=None), min_size=1).filter(str.strip), odd_text)
    def test_targets(self, before: str, target: str, after: str) -> None:
        start = len(before)
        frame = pd.DataFrame(
            {"text": [before + target + after], "start": start, "end": start + len(target)}
        )
        labelled = small_model().label_stances(frame)
        assert labelled[STANCES].sum(axis=1).iloc[0] == pytest.approx(1)

    @pytest.mark.parametrize(
        "text",
        [
            "😂😂 😂",
            "한국은 회담을 환영했다.",
            "رحبت كينيا بالاتفاق.",
            "\ud800",
            "a\x00b",
            "中国。",
        ],
    )
    def test_other_scripts_and_marks(self, text: str) -> None:
        article = small_model().analyze(text)
        assert article.text == text
        assert len(article.sentences) == 1
        assert small_model().label_claims(pd.DataFrame({"text": [text]})).shape == (1, 5)

    @pytest.mark.parametrize("unit", ["word ", "x", "\ud800", "한", "“"])
    def test_a_long_text_without_a_full_stop(self, unit: str) -> None:
        text = unit * (50_000 // len(unit))
        assert "".join(s.text for s in small_model().analyze(text).sentences).strip()
        assert len(small_model().label_claims(pd.DataFrame({"text": [text]}))) == 1

    @pytest.mark.slow
    @pytest.mark.parametrize("unit", ["word ", "x", "Kenya said that the plan of Togo is over, "])
    def test_a_megabyte_without_a_full_stop(self, unit: str) -> None:
        text = unit * (1_000_000 // len(unit))
        sentences = small_model().analyze(text).sentences
        assert sum(len(sentence.text) for sentence in sentences) > 900_000


@pytest.mark.slow
class TestWithAllOfTheDatasets:
    def bias(self) -> pd.DataFrame:
        """Label every sentence with every country; one row per sentence."""
        rows = []
        for template in TOWARD:
            found = full_model().label_stances(targets(template, COUNTRIES[:20]))
            spread = found[STANCES].std().max()
            minority = 1 - found["stance"].value_counts(normalize=True).max()
            rows.append((template, spread, minority))
        return pd.DataFrame(rows, columns=["text", "spread", "minority"])

    def test_names_of_countries_hardly_count(self) -> None:
        bias = self.bias()
        assert bias["minority"].mean() < 0.05
        assert bias["spread"].mean() < 0.05
