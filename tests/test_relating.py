from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from stancekit.article import Article
from stancekit.labels import STANCES
from stancekit.records import Actor, Mention, Quotation, Relation, Sentence, Stance
from stancekit.relating import Named, holder_pairs, relations_of_pairs

NAMES = ("Kenya", "Togo", "Peru", "Falk")
ACTORS = {name: Actor(name[:2], name, "country") for name in NAMES}
KENYA, TOGO, PERU, FALK = ACTORS.values()


def article_of(
    *texts: str, quotes: Sequence[tuple[str, Actor | None]] = ()
) -> tuple[Article, list[Named]]:
    """Build an article; quotations are given by their content and speaker."""
    sentences, targets, start = [], [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(start, start + len(text), index, text, 0))
        for word in dict.fromkeys(text.replace(",", " ").replace(".", " ").split()):
            if word in ACTORS:
                at = start + text.index(word)
                mention = Mention(at, at + len(word), word, index, word, "country")
                targets.append((mention, ACTORS[word]))
        start += len(text) + 1
    whole = " ".join(texts)
    quotations = tuple(
        Quotation(whole.index(said), whole.index(said) + len(said), direct=True, speaker=speaker)
        for said, speaker in quotes
    )
    actors = tuple(
        replace(actor, mentions=tuple(mention for mention, one in targets if one is actor))
        for actor in ACTORS.values()
    )
    return Article(whole, tuple(sentences), actors, quotations), targets


def named(article: Article, targets: Sequence[Named]) -> list[tuple[str, str]]:
    return [(holder[1].name, to[1].name) for holder, to in holder_pairs(article, targets)]


def test_outside_quotations_everyone_may_act_on_everyone() -> None:
    article, targets = article_of("Kenya told Togo about Peru.")
    assert set(named(article, targets)) == {
        (one, other) for one in NAMES[:3] for other in NAMES[:3] if one != other
    }


def test_inside_a_quotation_the_speaker_holds() -> None:
    article, targets = article_of(
        "Togo let Kenya down, Falk said.", quotes=[("Togo let Kenya down", FALK)]
    )
    assert set(named(article, targets)) == {("Falk", "Togo"), ("Falk", "Kenya")}


def test_inside_a_quotation_of_nobody_known_those_in_it_may_act() -> None:
    article, targets = article_of(
        "Togo let Kenya down, people told Peru.", quotes=[("Togo let Kenya down", None)]
    )
    assert set(named(article, targets)) == {("Kenya", "Togo"), ("Togo", "Kenya")}


def test_the_nearest_mention_of_a_holder_counts() -> None:
    article, targets = article_of("Kenya met Peru.", "Kenya hit Togo.")
    (pair,) = [pair for pair in holder_pairs(article, targets) if pair[1][1] == TOGO]
    assert pair[0][0].sentence == 1


def test_nobody_is_paired_across_sentences() -> None:
    article, targets = article_of("Kenya won.", "Togo lost.")
    assert holder_pairs(article, targets) == []


def test_a_long_list_makes_few_pairs() -> None:
    actors = [Actor(f"A{at}", f"Name{at}", "person") for at in range(3000)]
    text = ", ".join(actor.name for actor in actors)
    mentions, start = [], 0
    for actor in actors:
        end = start + len(actor.name)
        mentions.append((Mention(start, end, actor.name, 0, actor.name, "person"), actor))
        start = end + 2
    article = Article(text, (Sentence(0, len(text), 0, text, 0),), tuple(actors))
    began = time.perf_counter()
    assert len(holder_pairs(article, mentions)) <= 12 * len(actors)
    assert time.perf_counter() - began < 5


def probabilities(*labels: str) -> np.ndarray:
    rows = [[0.8 if name == label else 0.1 for name in STANCES] for label in labels]
    return np.array(rows).reshape(-1, 3)


def joined(
    article: Article, targets: Sequence[Named], critical: tuple[str, str], *stances: Stance
) -> list[tuple[str, str, str]]:
    """Let the head find one pair critical and all others neutral."""
    pairs = holder_pairs(article, targets)
    names = [(holder[1].name, target[1].name) for holder, target in pairs]
    found = probabilities(*("critical" if name == critical else "neutral" for name in names))
    relations = relations_of_pairs(article, pairs, found, STANCES, stances)
    return [
        (one.holder.name if one.holder else "", one.target.name, one.label) for one in relations
    ]


def stance(targets: Sequence[Named], name: str, label: str) -> Stance:
    mention, actor = next(one for one in targets if one[1].name == name)
    chances = dict(zip(STANCES, probabilities(label)[0].tolist(), strict=True))
    return Stance(mention.sentence, actor, label, chances, None, mention.start, mention.end)


def test_the_head_decides() -> None:
    article, targets = article_of("Kenya blamed Togo.")
    assert joined(article, targets, ("Kenya", "Togo")) == [("Kenya", "Togo", "critical")]
    assert joined(article, targets, ("", "")) == []


def test_what_only_the_stance_head_sees_is_the_narrators() -> None:
    article, targets = article_of("Kenya met a reckless Togo.")
    seen = stance(targets, "Togo", "critical")
    assert joined(article, targets, ("", ""), seen) == [("", "Togo", "critical")]
    # Once somebody holds it, the narrator doesn't.
    assert joined(article, targets, ("Kenya", "Togo"), seen) == [("Kenya", "Togo", "critical")]
    neutral = stance(targets, "Togo", "neutral")
    assert joined(article, targets, ("", ""), neutral) == []


def test_a_speaker_whom_the_sentence_does_not_name_holds_its_stance() -> None:
    article, targets = article_of("Togo is reckless, he said.", quotes=[("Togo is reckless", FALK)])
    seen = stance(targets, "Togo", "critical")
    assert joined(article, targets, ("", ""), seen) == [("Falk", "Togo", "critical")]


@pytest.mark.parametrize("speaker", [None, TOGO])
def test_nobody_holds_what_someone_unknown_or_the_target_says(speaker: Actor | None) -> None:
    article, targets = article_of("Togo is great, they said.", quotes=[("Togo is great", speaker)])
    seen = stance(targets, "Togo", "supportive")
    assert joined(article, targets, ("", ""), seen) == []


def test_pairs_of_the_same_two_are_averaged() -> None:
    article, (kenya, togo) = article_of("Kenya blamed Togo.")
    found = np.array([[0.0, 0.6, 0.4], [0.0, 0.0, 1.0]])
    relations = relations_of_pairs(article, [(kenya, togo)] * 2, found, STANCES, [])
    assert relations == (Relation(KENYA, TOGO, "critical", pytest.approx(0.7), 0),)


def test_relations_are_in_text_order() -> None:
    article, targets = article_of("Kenya blamed Togo.", "Peru blamed Kenya.")
    seen = [stance([one], one[1].name, "critical") for one in reversed(targets)]
    relations = relations_of_pairs(article, [], np.zeros((0, 3)), STANCES, seen)
    assert [one.sentence for one in relations] == [0, 0, 1, 1]
    assert [one.target.id for one in relations[:2]] == ["Ke", "To"]
