from __future__ import annotations

import pytest

from stancekit.quotes import Speech, find_quotations, sentence_speech
from stancekit.records import Actor
from stancekit.text import split_article


def speeches(text: str, *actors: Actor) -> list[Speech]:
    sentences = split_article(text)
    return sentence_speech(sentences, find_quotations(text, sentences, actors))


def test_silence() -> None:
    assert speeches("The ferry sank at noon.") == [Speech()]


def test_shares_of_a_direct_quotation() -> None:
    text = "“The ferry has sunk,” officials said."
    (speech,) = speeches(text)
    assert speech.quoted == speech.reported == pytest.approx(len("The ferry has sunk,") / len(text))
    assert (speech.opens, speech.continues, speech.cue) == (True, False, "say")


def test_shares_of_a_report() -> None:
    text = "The ferry has sunk, officials said."
    (speech,) = speeches(text)
    assert speech.quoted == 0
    assert speech.reported == pytest.approx(len("The ferry has sunk") / len(text))
    assert not speech.opens


def test_quotation_runs_into_the_next_sentence() -> None:
    first, second, third = speeches("Police said: “It sank. Nobody was hurt.” It rained.")
    assert (first.opens, first.continues) == (True, False)
    assert (second.opens, second.continues) == (False, True)
    assert second.status == "official"
    assert third.status == "none"


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("Officials", "official"),
        ("Residents", "other"),
        ("Ola Berg", "unknown"),
        ("He", "unknown"),
    ],
)
def test_status(source: str, status: str) -> None:
    (speech,) = speeches(f"{source} said the ferry had sunk.")
    assert speech.status == status


@pytest.mark.parametrize("again", ["Berg said it was a freighter.", "She said it was large."])
def test_status_of_a_speaker_known_from_before(again: str) -> None:
    text = f"The ferry has sunk, said Ola Berg, a marine biologist. {again}"
    assert [s.status for s in speeches(text)] == ["other", "other"]


def test_the_outermost_speaker_speaks() -> None:
    text = "Critics said the minister had promised that ferries would sail."
    (speech,) = speeches(text)
    assert (speech.source, speech.status) == ("Critics", "other")


def test_speaker_and_cue() -> None:
    (speech,) = speeches("According to police, the ferry sank.")
    assert (speech.cue, speech.source) == ("according to", "police")
