from __future__ import annotations

from pathlib import Path

import pytest

from stancekit.actors import ActorFinder
from stancekit.article import Article
from stancekit.parse import parse_article

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def talks() -> Article:
    path = next(path for path in SAMPLES if path.stem == "strait-talks")
    return parse_article(path.read_text(encoding="utf-8"), finder=ActorFinder(), date="2026-03-18")


def test_there_are_three_samples() -> None:
    assert len(SAMPLES) == 3


def test_the_demo_has_a_headline_and_furniture_at_its_end(talks: Article) -> None:
    roles = [sentence.role for sentence in talks.sentences]

    assert roles[0] == "headline"
    assert roles[-5:] == ["boilerplate"] * 5
    assert 20 <= roles.count("body") <= 30


def test_the_demo_keeps_two_people_of_one_surname_apart(talks: Article) -> None:
    offices = {actor.name: actor.office for actor in talks.actors if actor.name.startswith("Noh ")}

    assert offices.keys() == {"Noh Tae-rin", "Noh Jung-ha"}
    assert "minister" in offices["Noh Tae-rin"]


def test_the_demo_has_actors_of_many_kinds(talks: Article) -> None:
    kinds = {actor.kind for actor in talks.actors}

    assert kinds >= {"country", "organisation", "institution", "company", "person", "place"}
