from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from stancekit.actors import ActorFinder
from stancekit.errors import InputError
from stancekit.parse import Parser, parse_sentences
from stancekit.quotes import Speech
from stancekit.quotes.attributions import NO_OWNER, Attribution, Owner
from stancekit.quotes.find import attributions
from stancekit.quotes.marks import ROLES
from stancekit.quotes.naming import Voice
from stancekit.text import split_article
from training import quotations
from training.corpora.polnear import PolNeAR
from training.officialness import Speaker, cross_validated, fit_official, gold_speakers
from training.quotation_scores import score_polnear
from training.speakers import is_speaker, score_speakers

TEXT = "The mayor said “the bridge is safe” today. It rained."


def polnear(*texts: str) -> PolNeAR:
    """Build a corpus whose articles all have the attribution of `TEXT`."""
    articles = [{"doc_id": f"d{at}", "text": text} for at, text in enumerate(texts)]
    spans = {"source": "The mayor", "cue": "said", "content": "“the bridge is safe”"}
    rows = [
        {"doc_id": f"d{at}", "attribution_id": "E1", "role": role}
        | {"start": text.index(words), "end": text.index(words) + len(words)}
        for at, text in enumerate(texts)
        for role, words in spans.items()
        if words in text
    ]
    return PolNeAR(pd.DataFrame(articles), pd.DataFrame(rows), 0)


def right(text: str) -> list[Attribution]:
    at = text.index("the bridge")
    owner = Owner(Voice("The mayor", start=text.index("The mayor")), (10, 14))
    return [Attribution(at, at + len("the bridge is safe"), True, owner)]


def values(corpus: PolNeAR, attribute) -> dict[str, float]:
    return {one.name: one.value for one in score_polnear(corpus, attribute, n_bootstrap=20)}


def test_all_right_scores_one_with_quotation_marks_as_content():
    scores = score_polnear(polnear(*[TEXT] * 6), right, n_bootstrap=20)
    assert [one.value for one in scores] == [1.0] * 4
    assert [(one.low, one.high) for one in scores] == [(1.0, 1.0)] * 4
    assert [one.n for one in scores] == [12, 6, 36, 6]


def test_nothing_found_scores_zero():
    assert set(values(polnear(TEXT), lambda _: []).values()) == {0.0}


def test_content_without_a_source_is_no_overlap():
    found = values(
        polnear(TEXT),
        lambda text: [Attribution(q.start, q.end, True, NO_OWNER) for q in right(text)],
    )
    assert found == {"source": 0.0, "cue": 0.0, "content": 1.0, "overlapping source": 0.0}


def test_the_content_most_alike_is_asked_for_its_source():
    whole = Attribution(0, len(TEXT), False, Owner(Voice("rained", start=TEXT.index("rained"))))
    assert values(polnear(TEXT), lambda text: [whole, *right(text)])["overlapping source"] == 1.0
    assert values(polnear(TEXT), lambda _: [whole])["overlapping source"] == 0.0


def test_half_the_articles_right_gives_an_interval():
    corpus = polnear(*[TEXT] * 4, *[TEXT + " "] * 4)
    score = score_polnear(corpus, lambda text: right(text) if text == TEXT else [])[-1]
    assert score.low < score.value == 0.5 < score.high


def test_taggers_learn_each_role_by_one_call(monkeypatch):
    names = ("Berg", "Ito", "Ruiz", "Falk", "Silva", "Okoye")
    texts = [f"The mayor said “the bridge is safe” today, not {name}." for name in names]
    monkeypatch.setattr(quotations, "read_polnear", lambda *_: polnear(*texts))

    def read(sentences):
        return [reading(sentence) for sentence in sentences]

    found = quotations.fit_quotation_taggers(None, None, read=read, max_iter=30)
    assert list(found) == list(ROLES)
    sentences = split_article(TEXT)
    tagged = attributions(TEXT, sentences, (), read([one.text for one in sentences]), found)
    assert [(q.source, q.owner.cue) for q in tagged] == [((0, 9), (10, 14))]


def reading(sentence: str) -> SimpleNamespace:
    words = sentence.replace("“", " ").replace("”", " ").replace(".", " ").split()
    offsets, at = [], 0
    for word in words:
        start = sentence.index(word, at)
        at = start + len(word)
        offsets.append((start, at))
    vectors = np.array([[len(word), ord(word[0]) % 7] for word in words], dtype=np.float32)
    return SimpleNamespace(
        offsets=np.array(offsets, dtype=np.int32).reshape(-1, 2), vectors=vectors.reshape(-1, 2)
    )


@pytest.mark.parametrize(
    ("gold", "said", "expected"),
    [
        ("Ana Silva", Speech(source="she", speaker=SimpleNamespace(name="Ana Silva")), True),
        ("aid workers", Speech(source="two aid workers"), True),
        ("Ana Silva", Speech(source="Berg"), False),
        ("the of", Speech(source="the of"), False),
        ("Ana Silva", Speech(), False),
    ],
)
def test_speaker_is_right_by_name_or_by_words(gold, said, expected):
    assert is_speaker(gold, said) is expected


def test_speakers_of_the_dataset_are_scored():
    finder = ActorFinder()
    scores = score_speakers(
        lambda texts, has_headline: parse_sentences(
            texts, finder=finder, has_headline=has_headline
        ),
        "dev",
        n_bootstrap=50,
    )
    found = {one.name: one for one in scores}
    assert 0.6 < found["speaker"].low < found["speaker"].value < found["speaker found"].value < 1
    assert found["official, where found"].value > 0.75


def test_speakers_are_judged_by_a_head_that_has_not_seen_their_article():
    speakers = [
        Speaker(f"d{at}", [f"doc={at}", "word=minister" if at % 2 else "word=farmer"], bool(at % 2))
        for at in range(40)
    ]
    assert cross_validated(speakers, n_folds=5) == [one.official for one in speakers]
    by_name = [Speaker(f"d{at % 8}", [f"doc={at % 8}"], bool(at % 2)) for at in range(40)]
    assert cross_validated(by_name, n_folds=4) != [one.official for one in by_name]


def test_the_head_is_fitted_to_what_the_parser_finds():
    class Deaf(Parser):
        """Hears every article, and that nobody speaks."""

        def sentences(self, texts, **options):
            parsed = super().sentences(["It rained." for _ in texts], **options)
            heard.append(len(texts))
            return parsed

    heard: list[int] = []
    with pytest.raises(InputError, match="found one sort"):
        fit_official(None, parser=Deaf(ActorFinder()))
    assert len(heard) > 20


@pytest.mark.slow
def test_the_head_beats_the_rules_on_articles_it_has_not_seen():
    speakers = [*gold_speakers("train", Parser(ActorFinder()))]
    judged = cross_validated(speakers)
    hits = [is_official == one.official for is_official, one in zip(judged, speakers, strict=True)]
    ruled = ["status=official" in one.evidence for one in speakers]
    by_rule = [
        is_official == one.official for is_official, one in zip(ruled, speakers, strict=True)
    ]
    assert np.mean(hits) > 0.9 > np.mean(by_rule)
