"""The finder with a tagger: the tags are given here, so that what is made of them is tested."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.actors import ActorFinder, Roster, resolve
from stancekit.actors.marks import MARKS, roster_marks
from stancekit.encoder import SentenceReading
from stancekit.records import Mention, Sentence
from stancekit.tagging import ReadText, TaggedSpan, TokenTagger
from stancekit.text import split_article

NOTHING = SentenceReading(np.zeros((0, 2), np.int32), np.zeros((0, 4), np.float32))


class Scripted:
    """Tags the names that it was told, wherever they stand."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def predict(self, texts: Sequence[ReadText]) -> list[list[TaggedSpan]]:
        return [self._spans(one.text) for one in texts]

    def _spans(self, text: str) -> list[TaggedSpan]:
        found: list[TaggedSpan] = []
        for name in sorted(self.names, key=len, reverse=True):
            for match in re.finditer(re.escape(name), text):
                one = TaggedSpan(*match.span(), self.names[name], 0.9)
                if not any(one.start < other.end and other.start < one.end for other in found):
                    found.append(one)
        return sorted(found)


def finder(names: dict[str, str]) -> ActorFinder:
    return ActorFinder(tagger=cast(TokenTagger, Scripted(names)))


def read(sentences: Sequence[Sentence]) -> list[SentenceReading]:
    return [NOTHING] * len(sentences)


def find(text: str, **names: str) -> dict[str, Mention]:
    sentences = split_article(text)
    tags = {name.replace("_", " "): kind for name, kind in names.items()}
    mentions = finder(tags).find(sentences, read(sentences))
    assert all(text[one.start : one.end] == one.text for one in mentions)
    return {one.text: one for one in mentions}


def test_tags_give_names_that_no_list_knows() -> None:
    found = find("The trade body Zorvex met Qual Untu in Brimla.", Zorvex="organisation",
                 Qual_Untu="person", Brimla="location")  # fmt: skip
    assert {name: one.kind for name, one in found.items()} == {
        "Zorvex": "organisation",
        "Qual Untu": "person",
        "Brimla": "place",
    }


def test_tags_decide_borders_and_the_roster_who_is_meant() -> None:
    found = find("China Brim Daily praised Seoul.", China_Brim_Daily="organisation",
                 Seoul="location")  # fmt: skip
    assert [(one.name, one.kind) for one in found.values()] == [
        ("China Brim Daily", "organisation"),
        ("South Korea", "country"),
    ]


def test_roster_names_stand_where_the_tagger_sees_nothing_or_less() -> None:
    found = find("The European Union thanked Norway.", European="misc")
    assert [one.name for one in found.values()] == ["European Union", "Norway"]


def test_a_person_may_bear_a_country_s_name() -> None:
    found = find("It was Chad Untu who left. Later Chad wept.", Chad_Untu="person", Chad="person")
    assert {one.kind for one in found.values()} == {"person"}


def test_names_of_no_actors_take_words_away() -> None:
    text = "They watched the Brimla Cup. They praised Qual Untu."
    assert "Brimla Cup" not in find(text, Brimla_Cup="misc")
    assert list(find(text, Brimla_Cup="misc", Qual_Untu="person")) == ["Qual Untu"]


def test_demonyms_stay_mentions_of_their_country() -> None:
    found = find("Dutch exports fell. Korean women marched.", Dutch="misc", Korean="misc")
    assert (found["Dutch"].name, found["Dutch"].kind) == ("Netherlands", "country")
    assert found["Korean"].kind == "people"


def test_titles_are_no_part_of_people() -> None:
    found = find(
        "It pleased Mr Untu and Prof. Obb.", **{"Mr_Untu": "person", "Prof._Obb": "person"}
    )
    assert sorted(found) == ["Obb", "Untu"]


def test_an_honorific_makes_a_person() -> None:
    found = find("It pleased Ms Untu.", Ms_Untu="organisation")
    assert found["Untu"].kind == "person"


def test_a_name_has_one_kind_in_an_article() -> None:
    text = "Zorvex Holdings fell. Zorvex rose."
    found = find(text, Zorvex_Holdings="organisation", Zorvex="location")
    assert {one.kind for one in found.values()} <= {"organisation", "company"}
    assert len({one.name for one in found.values()}) == 1


def test_surnames_point_back() -> None:
    text = "Yesterday Qual Untu spoke. Then Untu left."
    sentences = split_article(text)
    tagger = finder({"Qual Untu": "person", "Untu": "person"})
    mentions = tagger.find(sentences, read(sentences))
    (actor,) = resolve(mentions, sentences)
    assert [one.text for one in actor.mentions] == ["Qual Untu", "Untu"]


def test_capitals_are_read_too() -> None:
    found = find("QUAL UNTU QUITS\nOn Monday Qual Untu quit.", QUAL_UNTU="person",
                 Qual_Untu="person")  # fmt: skip
    assert {one.name for one in found.values()} == {"Qual Untu"}


def test_datelines_name_nobody() -> None:
    found = find("BRIMLA, Feb 11 - Ministers met Qual Untu.", BRIMLA="location", Qual_Untu="person")
    assert list(found) == ["Qual Untu"]


def test_without_readings_the_tagger_is_not_asked() -> None:
    sentences = split_article("They met Zorvex.")
    with_tags = finder({"Zorvex": "organisation"})
    assert with_tags.find(sentences) == ActorFinder().find(sentences)


def test_boilerplate_stays_silent() -> None:
    one = Sentence(0, 9, 0, "Zorvex up", 0, "boilerplate")
    assert finder({"Zorvex": "organisation"}).find([one], [NOTHING]) == ()


@pytest.mark.parametrize("space", ["  ", "\u00a0"])
def test_offsets_hold_under_odd_spaces(space: str) -> None:
    text = f"They met{space}Zoë Obb{space}Untu."
    found = find(text, **{f"Zoë Obb{space}Untu": "person"})
    assert list(found) == [f"Zoë Obb{space}Untu"]


names = st.sampled_from(
    ["Zorvex", "Qual Untu", "Seoul", "European Union", "Dr Obb", "Ida Falk", ","]
)


@settings(deadline=None)
@given(st.lists(names, max_size=8), st.data())
def test_mentions_never_overlap(parts: list[str], data: st.DataObject) -> None:
    kinds = st.sampled_from(["person", "organisation", "location", "misc"])
    text = "They say " + " and ".join(parts) + " left."
    tags = {name: data.draw(kinds) for name in ("Zorvex", "Qual Untu", "Seoul", "Union", "Dr Obb")}
    sentences = split_article(text)
    mentions = finder(tags).find(sentences, read(sentences))
    for before, after in pairwise(mentions):
        assert before.end <= after.start
    for one in mentions:
        assert text[one.start : one.end] == one.text


@given(st.text(max_size=80))
def test_marks_are_known_and_lie_in_the_text(text: str) -> None:
    for start, end, name in roster_marks(text, Roster.bundled()):
        assert 0 <= start < end <= len(text)
        assert name in MARKS


def test_a_tag_without_a_word_is_no_name() -> None:
    assert find("They met, and left.", **{",": "location"}) == {}


def test_a_tag_ends_where_its_word_does() -> None:
    found = find(
        "They met Anne-Marie in Brimla, then.", **{"Anne": "person", "Brimla,": "location"}
    )
    assert sorted(found) == ["Anne-Marie", "Brimla"]


def test_two_countries_are_two_names() -> None:
    found = find("They praised Chile and Peru.", **{"Chile and Peru": "location"})
    assert {"Chile", "Peru"} <= set(found)
