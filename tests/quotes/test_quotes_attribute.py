from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from stancekit.quotes import find_quotations
from stancekit.records import Actor, Quotation
from stancekit.text import split_article


def quotations(text: str, *actors: Actor) -> tuple[Quotation, ...]:
    return find_quotations(text, split_article(text), actors)


def replaced(actor: Actor, sentence: int) -> Actor:
    """Move an actor's mentions to a sentence."""
    return replace(actor, mentions=tuple(replace(m, sentence=sentence) for m in actor.mentions))


def sources(text: str, *actors: Actor) -> list[tuple[str, str]]:
    return [(text[q.start : q.end], q.source) for q in quotations(text, *actors)]


@pytest.mark.parametrize(
    "text",
    [
        "“The ferry has sunk,” Silva said.",
        "Silva said: “The ferry has sunk.”",
        "Silva said, “The ferry has sunk.”",
        "“The ferry has sunk,” said Silva.",
    ],
)
def test_speaker_before_and_after(text: str, actor_in: Callable[..., Actor]) -> None:
    silva = actor_in(text, "Silva")
    (found,) = quotations(text, silva)
    assert (found.direct, found.speaker, found.source) == (True, silva, "Silva")


def test_speaker_amid_the_quote() -> None:
    text = "“The ferry,” Silva said, “has sunk in the bay.”"
    assert sources(text) == [("The ferry,", "Silva"), ("has sunk in the bay.", "Silva")]


def test_quote_over_sentences_is_one_quotation() -> None:
    text = "“We are ready. The ships are here,” Silva said."
    assert sources(text) == [("We are ready. The ships are here,", "Silva")]


def test_following_quotes_keep_the_speaker() -> None:
    text = "“We are ready to sail,” Silva said. “The ships are all here.”"
    assert [source for _, source in sources(text)] == ["Silva", "Silva"]


def test_quote_over_paragraphs_keeps_the_speaker() -> None:
    text = "Silva said: “We are ready to sail.\n\n“The ships are all here.”\n\nIt rained."
    assert [source for _, source in sources(text)] == ["Silva", "Silva"]


@pytest.mark.parametrize("end", ["", " on Monday", ", Peru", ", Peru, on Monday"])
def test_where_it_was_told_is_nothing_that_was_said(end: str) -> None:
    text = f"“The ferry has sunk,” Silva told reporters in Faro{end}."
    assert sources(text) == [("The ferry has sunk,", "Silva")]


def test_the_speaker_is_not_the_town(actor_in: Callable[..., Actor]) -> None:
    text = "Silva told reporters in Faro that Lund had lied."
    silva, faro = actor_in(text, "Silva"), actor_in(text, "Faro", kind="country")
    assert [q.speaker for q in quotations(text, silva, faro)] == [silva]


def test_whoever_is_accused_does_not_speak(actor_in: Callable[..., Actor]) -> None:
    text = "Beijing, again, accused Tokyo of “lies and worse lies”."
    beijing, tokyo = (actor_in(text, name, kind="country") for name in ("Beijing", "Tokyo"))
    assert {q.speaker for q in quotations(text, beijing, tokyo)} == {beijing}


def test_a_speaker_based_in_a_town_is_not_its_government(actor_in: Callable[..., Actor]) -> None:
    text = "The Faro-based think tank predicts that prices will fall."
    (found,) = quotations(text, actor_in(text, "Faro", kind="country"))
    assert (found.speaker, found.source) == (None, "The Faro-based think tank")


def test_scare_quotes_are_no_quotations() -> None:
    assert quotations("The so-called “frozen” conflict goes on.") == ()


def test_short_quote_with_a_cue_is_one() -> None:
    text = "Silva called the plan “deeply silly”."
    assert ("deeply silly", "Silva") in sources(text)


def test_direct_part_of_a_report_is_a_quotation_inside_it() -> None:
    text = "Silva said that the plan was “deeply silly and far too late”."
    outside, inside = quotations(text)
    assert (outside.direct, inside.direct) == (False, True)
    assert outside.start < inside.start and inside.end <= outside.end
    assert inside.source == outside.source == "Silva"


def test_pronoun_is_the_last_speaker(actor_in: Callable[..., Actor]) -> None:
    text = "Silva said rain was near. He said Berg had promised help. He added that it was late."
    silva, berg = actor_in(text, "Silva"), actor_in(text, "Berg")
    found = quotations(text, silva, berg)
    named = {text[q.start : q.end]: q.speaker for q in found}
    assert named["Berg had promised help"] == silva
    assert named["help"] == berg
    assert named["that it was late"] == silva


def test_pronoun_is_not_a_thing_that_spoke(actor_in: Callable[..., Actor]) -> None:
    text = "Silva said rain was near. Nordbank said rates were fine. She said it was late."
    silva = actor_in(text, "Silva")
    bank = actor_in(text, "Nordbank", kind="company")
    assert quotations(text, silva, bank)[-1].speaker == silva


def test_it_is_not_a_person_who_spoke(actor_in: Callable[..., Actor]) -> None:
    text = "Nordbank said rates were fine. Silva said rain was near. It said profit was up."
    silva = actor_in(text, "Silva")
    bank = actor_in(text, "Nordbank", kind="company")
    assert quotations(text, silva, bank)[-1].speaker == bank


@pytest.mark.parametrize("source", ["Analysts", "A source", "Three officials"])
def test_unknown_speaker_keeps_the_words(source: str) -> None:
    (found,) = quotations(f"{source} said the talks were near an end.")
    assert (found.speaker, found.source) == (None, source)


def test_person_is_preferred_to_the_country_of_the_office(
    actor_in: Callable[..., Actor],
) -> None:
    text = "Norway's energy minister, Ola Berg, said the cable was cut."
    norway, berg = actor_in(text, "Norway", kind="country"), actor_in(text, "Ola Berg")
    assert quotations(text, norway, berg)[0].speaker == berg


@pytest.mark.parametrize(
    ("kind", "official"),
    [("country", True), ("company", True), ("party", True), ("person", False), ("people", False)],
)
def test_kind_of_actor_decides(kind: str, official: bool, actor_in: Callable[..., Actor]) -> None:
    text = "Zarnia said the cable was cut."
    (found,) = quotations(text, actor_in(text, "Zarnia", kind=kind))
    assert found.official is official


def test_office_of_the_actor_decides(actor_in: Callable[..., Actor]) -> None:
    text = "Berg said the cable was cut."
    (found,) = quotations(text, actor_in(text, "Berg", office="President of Zarnia"))
    assert found.official


def test_office_without_a_role_is_no_office(actor_in: Callable[..., Actor]) -> None:
    text = "Berg said the cable was cut."
    (found,) = quotations(text, actor_in(text, "Berg", office="professor of law"))
    assert not found.official


def test_spokesman_for_a_person_is_not_that_person(actor_in: Callable[..., Actor]) -> None:
    text = "A spokesman for Berg said the cable was cut."
    (found,) = quotations(text, actor_in(text, "Berg"))
    assert (found.speaker, found.official) == (None, True)


def test_official_of_a_body_speaks_for_it(actor_in: Callable[..., Actor]) -> None:
    text = "A spokesman for Nordbank said rates were fine."
    bank = actor_in(text, "Nordbank", kind="company")
    assert quotations(text, bank)[0].speaker == bank


def test_expert_on_a_country_is_not_the_country(actor_in: Callable[..., Actor]) -> None:
    text = "A Norway expert said the cable was cut."
    (found,) = quotations(text, actor_in(text, "Norway", kind="country"))
    assert (found.speaker, found.official) == (None, False)


def test_gender_tells_two_speakers_apart(actor_in: Callable[..., Actor]) -> None:
    text = "Mr Berg said rain was near. Mrs Lund said it was far. He said it was late."
    berg, lund = actor_in(text, "Berg"), actor_in(text, "Lund")
    assert quotations(text, berg, lund)[-1].speaker == berg


def test_attribution_cut_off_from_its_quote() -> None:
    text = "“Will it ever stop?” \n\nIt rained.\n\n“Who can ever know that?”\n\nBerg asked."
    assert sources(text)[-1] == ("Who can ever know that?", "Berg")


def test_subject_of_a_sentence_without_a_cue_speaks() -> None:
    text = "The governor was blunt about it: “No bridge will ever stand here.”"
    assert sources(text) == [("No bridge will ever stand here.", "The governor")]


@pytest.mark.parametrize(
    ("introduced", "official"),
    [("A report by the interior ministry came out.", True), ("A report came out.", False)],
)
def test_document_speaks_for_its_issuer(introduced: str, official: bool) -> None:
    text = f"{introduced} The report said the cable was cut."
    assert quotations(text)[-1].official is official


def test_words_beat_the_office(actor_in: Callable[..., Actor]) -> None:
    text = "Former president Berg said the cable was cut."
    (found,) = quotations(text, actor_in(text, "Berg", office="President of Zarnia"))
    assert not found.official


@pytest.mark.parametrize(
    ("introduced", "official"),
    [
        ("Ola Berg, a deputy minister, arrived.", True),
        ("Energy minister Ola Berg arrived.", True),
        ("The minister, Ola Berg, arrived.", True),
        ("Ola Berg is the mayor of Lund.", True),
        ("Ola Berg, a professor of law, arrived.", False),
        ("Ola Berg arrived.", False),
    ],
)
def test_an_earlier_description_counts(introduced: str, official: bool) -> None:
    text = f"{introduced} Berg said the cable was cut."
    assert quotations(text)[-1].official is official


def test_boilerplate_has_no_quotations() -> None:
    text = "Photo: Silva said it rained.\n\nIt rained."
    sentences = split_article(text)
    assert sentences[0].role == "boilerplate"
    assert find_quotations(text, sentences, ()) == ()


def test_dateline_is_not_said() -> None:
    text = "BERLIN, Jan 12 (Agency) - The cable is cut, officials said."
    assert sources(text) == [("The cable is cut", "officials")]


def test_pronoun_is_someone_named_since_the_last_speaker(actor_in: Callable[..., Actor]) -> None:
    text = "Silva said no. Then Berg, who teaches law, rose. He said that it was late."
    silva, berg = actor_in(text, "Silva"), replaced(actor_in(text, "Berg"), sentence=1)
    assert [q.speaker for q in quotations(text, silva, berg)][-1] == berg


def test_pronoun_is_nobody_inside_the_quote(actor_in: Callable[..., Actor]) -> None:
    text = "Silva took the floor. “Berg is a fool,” she said."
    silva, berg = actor_in(text, "Silva"), replaced(actor_in(text, "Berg"), sentence=1)
    assert [q.speaker for q in quotations(text, silva, berg)] == [silva]


def test_pronoun_agrees_with_mr_and_ms(actor_in: Callable[..., Actor]) -> None:
    text = "Ms Silva met Mr Berg. “It is late,” he said."
    silva, berg = actor_in(text, "Silva"), actor_in(text, "Berg")
    assert [q.speaker for q in quotations(text, silva, berg)] == [berg]


def test_a_body_is_no_she(actor_in: Callable[..., Actor]) -> None:
    text = "The Rowing Federation itself praised the deal. She said that it was late."
    body = actor_in(text, "Rowing Federation", kind="organisation")
    assert [q.speaker for q in quotations(text, body)] == [body, None]


def test_role_after_a_name_is_its_bearer(actor_in: Callable[..., Actor]) -> None:
    text = "On Monday Silva, the prime minister of Peru, cancelled a trip and denounced the fine."
    silva, peru = actor_in(text, "Silva"), actor_in(text, "Peru", kind="country")
    assert [q.speaker for q in quotations(text, silva, peru)] == [silva]


def test_a_name_in_a_relative_clause_is_not_the_speaker(actor_in: Callable[..., Actor]) -> None:
    text = "A trader, who likes Silva for his plans, said that it was late."
    assert [q.speaker for q in quotations(text, actor_in(text, "Silva"))] == [None]


def test_the_hour_is_no_speaker(actor_in: Callable[..., Actor]) -> None:
    text = "Harbour closed\n\n12.40 Silva responds that it is late."
    silva = actor_in(text, "Silva")
    assert [(q.speaker, q.source) for q in quotations(text, silva)] == [(silva, "Silva")]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“Nonsense,” laughed Ida Falk. “It rained.”", "Ida Falk", "laughed"),
        ("“Nonsense,” hit back the old farmer.", "the old farmer", "hit back"),
        ("“Nonsense!” grinned the farmer, shaking his head.", "the farmer", "grinned"),
    ],
)
def test_whoever_follows_a_quotation_and_any_verb_says_it(text: str, source: str, cue: str) -> None:
    found = quotations(text)
    assert {one.source for one in found} == {source}
    assert found[0].cue == cue


def test_a_title_that_does_something_is_not_said() -> None:
    assert quotations("“The Long Way” topped the charts.") == ()
