"""Phrases without a name: "the government", "the army", "the company", "the judge"."""

from __future__ import annotations

import pytest

from stancekit.actors import ActorFinder, resolve
from stancekit.records import Mention
from stancekit.text import split_article


def meant(text: str) -> dict[str, Mention]:
    """Resolve an article; mentions by their words, the last of each kept."""
    sentences = split_article(text)
    actors = resolve(ActorFinder().find(sentences), sentences)
    return {one.text: one for actor in actors for one in actor.mentions}


@pytest.mark.parametrize("phrase", ["The government", "The country", "The nation"])
def test_the_government_is_that_of_the_country_an_article_is_about(phrase: str) -> None:
    found = meant(f"Chile raised its rates. Prices in Chile rose. {phrase} was glad.")
    assert found[phrase].name == "Chile"
    assert found[phrase].kind == "country"
    assert "about Chile" in found[phrase].why


def test_a_country_named_before_in_the_sentence_is_nearer() -> None:
    text = "Chile raised rates. Prices in Chile rose. In Peru, critics said the government slept."
    assert meant(text)["the government"].name == "Peru"


@pytest.mark.parametrize(
    "text",
    [
        "Officials met. The government was glad.",
        "Chile met Peru, Kenya, Togo, Ghana and Nepal. The government was glad.",
        "Chile fell and Chile rose. The government of the island was glad.",
    ],
)
def test_no_country_is_guessed(text: str) -> None:
    assert "The government" not in meant(text)


def test_bodies_of_state_belong_to_that_country() -> None:
    found = meant("Chile raised its rates. Prices in Chile rose. Then the army left.")
    assert (found["the army"].kind, found["the army"].country) == ("institution", "Chile")
    assert found["the army"].name == "Army of Chile"


def test_a_body_that_a_phrase_introduces_is_pointed_back_to() -> None:
    found = meant("Kenya fell. Chile's navy sailed. It rained. Kenya wept and the navy returned.")
    assert found["the navy"].country == "Chile"


def test_two_phrases_stand_close_together() -> None:
    found = meant("Judge Ida Falk met the Harbour Council. He praised the judge and the council.")
    assert found["the judge"].name == "Ida Falk"
    assert found["the council"].name == "Harbour Council"


def test_a_phrase_that_acts_does_not_describe_the_name_before_it() -> None:
    text = "The Ministry of Mines met. After talks at the World Bank, the ministry said no."
    assert meant(text)["the ministry"].name == "Ministry of Mines"
    assert "the lender" not in meant("He praised the World Bank, the lender, on Monday.")


def test_a_title_before_a_surname_teaches_a_role() -> None:
    found = meant("Ida Falk won. “President Falk smiled,” they said. Later the president left.")
    assert found["the president"].name == "Ida Falk"


def test_offices_have_other_names() -> None:
    found = meant("Justice Ida Falk ruled. The court was full. Then the judge left.")
    assert found["the judge"].name == "Ida Falk"


def test_the_company_may_be_a_body_of_untold_kind() -> None:
    found = meant("Zorvex Prime said it fell. Zorvex Prime said it rose. Later the company fell.")
    assert found["the company"].name == "Zorvex Prime"
