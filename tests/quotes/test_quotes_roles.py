from __future__ import annotations

import pytest

from stancekit.actors.lexicon import lexicon
from stancekit.quotes.roles import role_of
from stancekit.quotes.words import read_words


@pytest.mark.parametrize(
    "source",
    [
        "officials",
        "three senior officials",
        "the ministry",
        "a spokesman for the rail company",
        "police",
        "prosecutors in Turin",
        "the company",
        "Prime Minister Ana Silva",
        "Ana Silva, the deputy governor of the central bank",
        "Lee's security adviser, Park Jun",
        "NATO",
        "a report by the statistics bureau",
        "the statement",
        "one of two co-leaders of the party",
        "the district attorney",
        "Ola Berg, who heads the port authority",
        "police and medical sources",
    ],
)
def test_official(source: str) -> None:
    assert role_of(read_words(source, 0, len(source))) == "official"


@pytest.mark.parametrize(
    "source",
    [
        "analysts",
        "experts close to the ministry",
        "critics",
        "residents",
        "a professor at the state university",
        "observers",
        "a source",
        "two sources in the government",
        "witnesses",
        "academics",
        "a former minister",
        "Microsoft analyst Kim Dahl",
        "Ola Berg, an economist at Nordbank",
        "the state news agency",
        "her lawyer",
        "the director of the Institute for Peace Studies",
        "a report by Reuters",
        "Ola Berg, a resident whose company leads the consortium",
    ],
)
def test_other(source: str) -> None:
    assert role_of(read_words(source, 0, len(source))) == "other"


@pytest.mark.parametrize("source", ["Ola Berg", "he", "the report", "Ola Berg, 45"])
def test_unknown(source: str) -> None:
    assert role_of(read_words(source, 0, len(source))) == "unknown"


def test_one_list_of_roles_serves_actors_and_quotations():
    words = lexicon()
    assert words.offices <= words.official_voices
    assert words.offices.isdisjoint(words.callings)
    assert words.official_voices.isdisjoint(words.other_voices)


@pytest.mark.parametrize("noun", ["priest", "banker", "successor"])
def test_nouns_that_tell_nothing_of_an_office_leave_it_open(noun):
    text = f"a {noun}"
    assert role_of(read_words(text, 0, len(text))) == "unknown"


@pytest.mark.parametrize(
    "source",
    [
        "his elder sister, Ida Falk, a commissioner in the state government",
        "her cousin, who is the mayor",
        "Ida Falk, who speaks for the regional government",
    ],
)
def test_a_relative_may_hold_an_office(source):
    assert role_of(read_words(source, 0, len(source))) == "official"


def test_a_relative_without_an_office_holds_none():
    assert role_of(read_words("his elder sister", 0, 16)) == "other"
