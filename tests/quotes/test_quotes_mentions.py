from __future__ import annotations

import pytest

from stancekit.quotes import find_quotations
from stancekit.quotes.find import attributions
from stancekit.quotes.mentions import Mentions
from stancekit.text import split_article


def test_pronoun_after_a_name_in_a_quotation_means_the_speaker(actor_in):
    text = "“I saw Ola Berg,” she said. “I know Ola Berg,” she added. Ola Berg waved."
    berg = actor_in(text, "Ola Berg")
    assert Mentions(text, [berg]).gender(berg) == "she"
    read = Mentions(text, [berg])
    for start in (0, text.index("“I know")):
        read.quote(start, text.index("”", start))
    assert read.gender(berg) is None


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("Ola Berg of the Port Union said so.", ["of=organisation"]),
        ("Ola Berg, who speaks for the Port Union, said so.", ["of=organisation"]),
        ("The Port Union's chief lawyer Ola Berg said so.", ["owner=organisation"]),
        ("Ola Berg the Port Union", ["names=organisation"]),
        ("Ola Berg met nobody. The Port Union said so.", []),
    ],
)
def test_bodies_beside_a_name_are_told_by_kind(actor_in, text, ties):
    berg = actor_in(text, "Ola Berg")
    union = actor_in(text, "Port Union", kind="organisation")
    at = text.index("Ola Berg")
    end = len(text) if text.endswith("Union") else at + len("Ola Berg")
    assert Mentions(text, [berg, union]).ties(at, end, berg) == ties


@pytest.mark.parametrize("source", ["Ola Berg", "He"])
def test_ties_are_evidence_of_names_and_of_pronouns(actor_in, source):
    text = f"Ola Berg of the Port Union came. {source} said it rained."
    actors = actor_in(text, "Ola Berg"), actor_in(text, "Port Union", kind="organisation")
    (found,) = attributions(text, split_article(text), actors)
    assert "of=organisation" in found.owner.voice.evidence


def test_what_only_reads_as_a_source_is_no_antecedent(actor_in):
    text = "Ola Berg said it rained. The insult said a lot. He denied that it rained."
    assert speakers(text, actor_in(text, "Ola Berg"))[-1] == "Ola Berg"


def speakers(text: str, *actors) -> list[str | None]:
    found = find_quotations(text, split_article(text), actors)
    return [one.speaker.name if one.speaker else None for one in found]


def test_document_or_verb_is_no_antecedent_of_a_pronoun(actor_in):
    text = "Ola Berg came. The indictment says it rained. She denied that it rained."
    assert speakers(text, actor_in(text, "Ola Berg"))[-1] == "Ola Berg"


def test_office_of_a_body_speaks_for_it_whatever_names_it_has(actor_in):
    text = "The Port Union was calm: its Lund office said the strike was late."
    union = actor_in(text, "Port Union", kind="organisation")
    lund = actor_in(text, "Lund", kind="country")
    assert speakers(text, union, lund) == ["Port Union"]


def test_age_before_a_role_parts_no_apposition(actor_in):
    text = "Ola Berg, the 78-year-old leader of the Port Union, said it rained."
    berg = actor_in(text, "Ola Berg")
    union = actor_in(text, "Port Union", kind="organisation")
    assert speakers(text, berg, union) == ["Ola Berg"]


@pytest.mark.parametrize(
    ("between", "ties"),
    [
        ("'s old friend", ["owner=organisation"]),
        (" President", ["owner=organisation"]),
        (" agreed that", []),
    ],
)
def test_owner_stands_in_the_genitive_or_before_a_title(actor_in, between, ties):
    text = f"The Port Union{between} Ola Berg waved."
    berg, union = actor_in(text, "Ola Berg"), actor_in(text, "Port Union", kind="organisation")
    at = text.index("Ola Berg")
    assert Mentions(text, [berg, union]).ties(at, at + 8, berg) == ties


@pytest.mark.parametrize(("kind", "official"), [("country", True), ("person", False)])
def test_a_state_speaks_for_itself_whatever_else_it_is(actor_in, kind, official):
    text = "Lund, no friend of rain, said that it was late."
    (found,) = find_quotations(text, split_article(text), [actor_in(text, "Lund", kind=kind)])
    assert found.official is official
