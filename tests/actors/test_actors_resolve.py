from __future__ import annotations

from collections.abc import Sequence

import pytest

from stancekit.actors import ActorFinder, resolve
from stancekit.records import Actor, Mention
from stancekit.text import split_article


def actors_of(
    text: str, date: str | None = None, actors: Sequence[str] | None = None
) -> dict[str, Actor]:
    sentences = split_article(text)
    found = resolve(ActorFinder().find(sentences), sentences, date=date, actors=actors)
    return {actor.name: actor for actor in found}


def mention_at(text: str, words: str, nth: int = 0, date: str | None = None) -> Mention:
    mentions = [m for a in actors_of(text, date).values() for m in a.mentions if m.text == words]
    return sorted(mentions, key=lambda mention: mention.start)[nth]


TWO_LEES = """Seoul weighs its options
President Lee Jae Myung met Japanese lawmakers on Monday.
"Ties will improve," said Lee Chang-min, a Japan expert at Hankuk University.
Lee is due in Tokyo next week.
Professor Lee doubted that the visit would change much."""


def test_bare_surname_goes_to_the_one_in_office() -> None:
    bare = mention_at(TWO_LEES, "Lee", 0, "2026-01-12")
    assert bare.name == "Lee Jae Myung"
    assert "rather than Lee Chang-min" in bare.why
    assert mention_at(TWO_LEES, "Lee", 1).name == "Lee Chang-min"


def test_office_is_for_those_who_speak_for_others() -> None:
    actors = actors_of(TWO_LEES, "2026-01-12")
    assert actors["Lee Jae Myung"].office == "President of South Korea"
    assert actors["Lee Chang-min"].office == ""
    text = """Wi Seong-ho, the national security adviser, agreed.
Dutch ambassador Charlotte Verbeek smiled. Former minister Ana Ruiz did not.
Ida Falk, who leads the Harbour Union, left. Haruto Ebina, an analyst, stayed."""
    found = actors_of(text)
    assert found["Wi Seong-ho"].office == "national security adviser"
    assert found["Charlotte Verbeek"].office.endswith("ambassador")
    assert found["Charlotte Verbeek"].country == "Netherlands"
    assert found["Ida Falk"].office == "leader of the Harbour Union"
    assert found["Ana Ruiz"].office == found["Haruto Ebina"].office == ""


def test_date_picks_the_office() -> None:
    text = "Joe Biden arrived."
    assert actors_of(text, "2023-01-01")["Joe Biden"].office == "President of the United States"
    assert (
        actors_of(text, "2012-01-01")["Joe Biden"].office == "Vice President of the United States"
    )
    assert actors_of(text)["Joe Biden"].office == ""


def test_title_and_gender_part_people_of_one_surname() -> None:
    text = """Mayor Senad Karic was sentenced. He wept.
Lejla Karic, a bookkeeper, testified. She did not weep.
Ms Karic left at once. Mayor Karic stayed."""
    assert mention_at(text, "Karic", 0).name == "Lejla Karic"
    assert mention_at(text, "Karic", 1).name == "Senad Karic"


def test_country_government_and_leader_are_distinct() -> None:
    actors = actors_of("Japan and Sanae Takaichi agreed; Tokyo cheered.", "2026-01-01")
    assert set(actors) == {"Japan", "Sanae Takaichi"}
    assert actors["Sanae Takaichi"].country == "Japan"
    assert len(actors["Japan"].mentions) == 2


def test_abbreviations_and_short_forms_point_back() -> None:
    text = """The Coastal Fishers Guild (CFG) met the Ruritanian Peasants Congress.
The CFG walked out. The RPC stayed, and the Guild came back."""
    actors = actors_of(text)
    assert [m.text for m in actors["Coastal Fishers Guild"].mentions] == [
        "Coastal Fishers Guild",
        "CFG",
        "CFG",
        "Guild",
    ]
    assert [m.text for m in actors["Ruritanian Peasants Congress"].mentions][-1] == "RPC"


def test_ministry_takes_the_country_before_it() -> None:
    actors = actors_of("The German Foreign Ministry and France's Interior Ministry agreed.")
    assert actors["German Foreign Ministry"].country == "Germany"
    assert actors["Interior Ministry of France"].country == "France"


def test_role_phrases_point_back() -> None:
    text = """Finance Minister Hemi Tautari rebuked the Kelp Company.
The company shrugged, and the minister left.
Nobody asked the president."""
    actors = actors_of(text)
    assert [m.text for m in actors["Hemi Tautari"].mentions] == ["Hemi Tautari", "the minister"]
    assert [m.text for m in actors["Kelp Company"].mentions] == ["Kelp Company", "The company"]


def test_office_of_a_country_names_its_holder() -> None:
    actors = actors_of("The Japanese prime minister left early.", "2022-06-01")
    assert actors["Fumio Kishida"].mentions[0].text == "prime minister"
    assert "Sanae Takaichi" in actors_of("The Japanese prime minister left.", "2026-01-12")


def test_title_and_surname_alone_asks_the_roster() -> None:
    actors = actors_of("President Ruto spoke for an hour.", "2024-01-01")
    assert actors["William Ruto"].office == "President of Kenya"


def test_middle_initials_and_hyphens_make_no_new_person() -> None:
    actors = actors_of("Ida M. Falk spoke. Ida Falk sat. Kim Ha-neul met Kim Ha Neul.")
    assert [len(actor.mentions) for actor in actors.values()] == [2, 2]


def test_wanted_actors_restrict_and_add() -> None:
    text = "Japan met Ida Falk of zedcorp. The Zed Lovers of zedcorp cheered Tokyo."
    found = actors_of(text, actors=["Tokyo", "zedcorp", "Nobody At All"])
    assert list(found) == ["Japan", "zedcorp"]
    assert [m.text for m in found["zedcorp"].mentions] == ["zedcorp", "zedcorp"]
    assert [m.text for m in found["Japan"].mentions] == ["Japan", "Tokyo"]
    assert list(actors_of(text, actors=["ida-falk"])) == ["Ida Falk"]
    assert actors_of(text, actors=[]) == {}


def test_identifiers_are_stable_slugs() -> None:
    actors = actors_of("Recep Tayyip Erdoğan met the U.N. and South Korea.")
    assert {a.id for a in actors.values()} == {
        "recep-tayyip-erdogan",
        "united-nations",
        "south-korea",
    }


def test_why_names_the_way() -> None:
    assert mention_at("Ida Falk spoke. Falk sat.", "Falk").why == "surname of Ida Falk"


def test_an_office_holds_no_verb_day_or_hour() -> None:
    text = (
        "They summoned Ambassador Ida Falk. On Monday Climate Minister Ola Berg left.\n\n"
        "07:15 - Ports Minister Ana Ruiz arrived.\n\n"
        "Jon Vik, the chief negotiator and no friend of hers, stayed."
    )
    offices = {name: actor.office for name, actor in actors_of(text).items()}
    assert offices == {
        "Ida Falk": "Ambassador",
        "Ola Berg": "Climate Minister",
        "Ana Ruiz": "Ports Minister",
        "Jon Vik": "chief negotiator",
    }


def test_the_central_bank_is_no_company() -> None:
    text = (
        "The National Bank of Hungary kept its rate. Larch Prime Bank had hoped for a cut. "
        "The central bank will not move before May."
    )
    assert mention_at(text, "The central bank").name == "National Bank of Hungary"


def test_titles_of_both_genders_part_two_of_one_surname() -> None:
    text = (
        "Dana Horn, who leads the Reef Party, met Robin Horn. It rained. "
        "Mr Horn wept. It rained. Ms Horn left."
    )
    assert mention_at(text, "Horn").name == "Robin Horn"
    assert mention_at(text, "Horn", 1).name == "Dana Horn"


def test_a_seat_stands_for_the_arm_that_the_article_names() -> None:
    text = "The European Commission spoke in May. Then Brussels praised the plan."
    assert mention_at(text, "Brussels").name == "European Commission"
    both = f"The European Union met. {text}"
    assert mention_at(both, "Brussels").name == "European Union"


def test_the_plural_of_a_party_s_word_is_the_party() -> None:
    text = "The Coral Socialist Party met in May. It rained. Then the Socialists left."
    assert mention_at(text, "Socialists").name == "Coral Socialist Party"


def test_other_plurals_are_no_party_s() -> None:
    text = "The Premier League met in May. It rained. Then the Premiers of two states left."
    sentences = split_article(text)
    found = ActorFinder().find(sentences)
    assert [one.name for actor in resolve(found, sentences) for one in actor.mentions] == [
        "Premier League"
    ]


def test_a_dateline_abroad_doesn_t_tell_whose_government_it_is() -> None:
    text = (
        "LONDON, May 3 - Chile's navy seized a ship. Chile said it was full of sand. Britain "
        "praised the navy. The government said the crew would be tried in Santiago."
    )
    assert mention_at(text, "The government").name == "Chile"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A thief was caught in Brussels on Friday.", "Brussels"),
        ("Fog lay near Brussels.", "Brussels"),
        ("Fog lay near Brussels" + " " * 30 + "today.", "Brussels"),
        ("A Brussels" + " " * 30 + "suburb lost power.", "Brussels"),
        ("A Brussels suburb lost power.", "Brussels"),
        ("Shells fell near Rawalpindi.", "Rawalpindi"),
        ("A Moscow suburb lost power.", "Moscow"),
        ("Brussels warned Poland.", "European Union"),
        ("Officials in Brussels warned Poland.", "European Union"),
        ("Poland blamed Brussels.", "European Union"),
        ("Unease grew in the Kremlin.", "Russia"),
    ],
)
def test_a_seat_of_power_where_things_happen_is_a_town(text: str, name: str) -> None:
    towns = {"Kremlin", "Brussels", "Rawalpindi", "Moscow"}
    found = [m for a in actors_of(text).values() for m in a.mentions if m.text in towns]
    assert [one.name for one in found] == [name]


def test_a_town_lies_in_its_country() -> None:
    found = mention_at("A thief was caught in Brussels.", "Brussels")
    assert (found.kind, found.country) == ("place", "Belgium")
