from __future__ import annotations

import numpy as np
import pytest
import skops.io
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from stancekit.errors import InputError
from stancekit.quotes import find_quotations, sentence_speech
from stancekit.quotes.evidence import cue_evidence
from stancekit.quotes.find import attributions, speaker_evidence
from stancekit.quotes.official import OfficialHead
from stancekit.text import split_article

OFFICIAL = ("minister", "spokesman", "ministry", "governor")
OTHER = ("farmer", "analyst", "witness", "gardener")


def evidence(text: str) -> list[str]:
    return speaker_evidence(text, attributions(text, split_article(text))[0])


@pytest.fixture(scope="module")
def head() -> OfficialHead:
    texts = [f"The {noun} said it will rain." for noun in (*OFFICIAL, *OTHER) for _ in range(2)]
    labels = [at < 2 * len(OFFICIAL) for at in range(len(texts))]
    return OfficialHead(C=10.0).fit([evidence(text) for text in texts], labels)


def test_quotations_carry_the_probability(head):
    text = "The gardener said it will rain. “It won't rain here,” the minister said."
    first, second = find_quotations(text, split_article(text), official=head)
    assert first.official_probability < 0.5 < second.official_probability
    assert (first.official, second.official) == (False, True)


def test_the_head_overrules_the_rules_and_rules_speak_without_it():
    text = "The governor said it will rain."
    swapped = OfficialHead(C=10.0).fit(
        [evidence(f"The {noun} said it will rain.") for noun in (*OFFICIAL, *OTHER)] * 2,
        [False] * 4 + [True] * 4 + [False] * 4 + [True] * 4,
    )
    assert [q.official for q in find_quotations(text, split_article(text))] == [True]
    assert [q.official_probability for q in find_quotations(text, split_article(text))] == [None]
    (judged,) = find_quotations(text, split_article(text), official=swapped)
    assert (judged.official, judged.status) == (False, "official")


def test_other_heads_learn_from_rules_whatever_the_head_says(head):
    text = "The governor said it will rain. Rains, an analyst said, are late."
    sentences = split_article(text)
    swapped = OfficialHead(C=10.0).fit(
        [evidence(f"The {noun} said it will rain.") for noun in (*OFFICIAL, *OTHER)] * 2,
        ([False] * 4 + [True] * 4) * 2,
    )
    found = [find_quotations(text, sentences, official=one) for one in (None, head, swapped)]
    by_rule, *judged = ([q.status for q in sentence_speech(sentences, one)] for one in found)
    assert by_rule == ["official", "other"]
    assert judged == [by_rule, by_rule]


def test_unknown_speakers_have_no_probability(head):
    text = "“We are all ready to sail today.”"
    (found,) = find_quotations(text, split_article(text), official=head)
    assert (found.official, found.official_probability) == (False, None)


def test_evidence_of_a_name_comes_from_where_it_is_introduced():
    text = "The mayor, Ola Berg, came. “It will rain today,” Berg said."
    assert "described=mayor" in evidence(text)
    assert not [one for one in evidence(text) if "berg" in one.lower()]


@pytest.mark.parametrize(
    ("cue", "expected"), [("told", "cue=tell"), ("", "cue=none"), ("has been warning", "cue=warn")]
)
def test_cue_evidence_is_the_base_form(cue, expected):
    assert cue_evidence(cue) == expected


def test_order_of_evidence_does_not_matter(head):
    one = evidence("The minister said it will rain.")
    shuffled = one[::-1]
    assert head.predict_proba([one]).tolist() == head.predict_proba([shuffled]).tolist()


def test_probabilities_add_up_to_one_and_unseen_evidence_weighs_nothing(head):
    found = head.predict_proba([["word=unheard"], []])
    assert np.allclose(found.sum(axis=1), 1)
    assert found[0].tolist() == found[1].tolist()
    assert head.predict_proba([]).shape == (0, 2)


def test_weights_count(head):
    rows = [["a"], ["b"], ["a"], ["b"]]
    fitted = OfficialHead(min_count=1).fit(rows, [True, False, False, True], [1, 1, 0.1, 0.1])
    assert fitted.predict([["a"], ["b"]]).tolist() == ["official", "other"]
    assert len(head.get_feature_names_out()) == len(head.coef_)


def test_saved_head_judges_alike(head):
    known = ["stancekit.quotes.official.OfficialHead"]
    back = skops.io.loads(skops.io.dumps(head), trusted=known)
    rows = [evidence(f"The {noun} said it will rain.") for noun in (*OFFICIAL, *OTHER)]
    assert back.predict_proba(rows).tolist() == head.predict_proba(rows).tolist()


def test_bad_input_is_refused(head):
    with pytest.raises(InputError, match="found one sort"):
        OfficialHead().fit([["a"], ["b"]], [True, True])
    with pytest.raises(InputError, match="at least 2 speakers; found none"):
        OfficialHead().fit([["a"], ["b"]], [True, False])
    with pytest.raises(NotFittedError):
        clone(head).predict([["a"]])


def test_places_of_one_speaker_are_drawn_together(head):
    X = [["word=minister"], ["word=farmer"], ["word=farmer"]]
    alone = head.decision_function(X)
    chances = head.chances(X, ["Berg", "Berg", "Falk"])
    odds = np.log(chances / (1 - chances))
    assert np.allclose(odds[2], alone[2])
    assert np.allclose(odds[:2], (alone[:2] + alone[:2].mean()) / 2)


def test_a_speaker_is_judged_by_all_that_he_says(head):
    text = "The minister, Ola Berg, said it rained. “It is late,” Berg said."
    first, last = find_quotations(text, split_article(text), official=head)
    (alone,) = find_quotations(
        "“It is late,” Berg said.", split_article("“It is late,” Berg said."), official=head
    )
    assert alone.official_probability < last.official_probability <= first.official_probability
    assert last.official
