"""Which country stands near a place in the text, and which a body's name begins with."""

from __future__ import annotations

import pytest

from stancekit.actors import ActorFinder, Roster, resolve
from stancekit.actors.lands import LOOKS, lands_near, own_land
from stancekit.records import Mention
from stancekit.text import split_article


def mention(name: str, sentence: int, kind: str = "country", country: str = "") -> Mention:
    return Mention(0, 1, name, sentence, name, kind, country)


def test_the_last_country_of_the_sentence_is_nearest() -> None:
    before = [mention("Chile", 1), mention("Peru", 2), mention("Kim", 2, "person", "Japan")]
    assert lands_near(before, 2) == ("Japan", "Chile")
    assert lands_near(before, 3) == ("", "")
    assert lands_near([mention("Ida", 2, "person")], 2) == ("", "")


def test_a_look_back_takes_in_a_bounded_number_of_mentions() -> None:
    others = [mention("Ida", 1, "person")] * LOOKS
    assert lands_near([mention("Chile", 1), *others], 1) == ("", "")
    assert lands_near([mention("Chile", 1), *others[1:]], 1) == ("Chile", "")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Jordan Peterson Institute", ""),
        ("Chilean Growers' Union", "Chile"),
        ("Fiji Cane League", "Fiji"),
        ("Growers' Union of Chile", ""),
        ("Chile", ""),
        ("Reef Union", ""),
    ],
)
def test_a_body_is_of_the_country_with_which_its_name_begins(name: str, country: str) -> None:
    assert own_land(name, Roster.bundled()) == country


def test_a_body_s_government_is_that_of_its_country() -> None:
    text = "Chile fell. Peru met Peru's rivals. The Chilean Growers' Union sued its government."
    sentences = split_article(text)
    actors = {actor.name: actor for actor in resolve(ActorFinder().find(sentences), sentences)}
    assert actors["Chilean Growers' Union"].country == "Chile"
    assert [one.text for one in actors["Chile"].mentions] == ["Chile", "its government"]
