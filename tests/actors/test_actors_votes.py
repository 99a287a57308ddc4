"""Tags of one article, compared: names seen once, and what the words beside a name say."""

from __future__ import annotations

import pytest

from stancekit.actors import Roster
from stancekit.actors.lines import Line, read_line
from stancekit.actors.votes import Tag, echoed, settled
from stancekit.text import split_article


def lines_of(text: str) -> list[Line]:
    return [read_line(sentence, Roster.bundled()) for sentence in split_article(text)]


def tag(line: Line, words: str, kind: str, probability: float = 0.9) -> Tag:
    start = line.folded.text.index(words)
    return Tag(start, start + len(words), kind, probability)


def echoes(text: str, words: str, kind: str) -> list[str]:
    """Tag words in the first sentence; return what is tagged in the others."""
    first, *others = lines_of(text)
    _, *rows = echoed([first, *others], [[tag(first, words, kind)], *([] for _ in others)])
    return [line.words(one) for line, row in zip(others, rows, strict=True) for one in row]


@pytest.mark.parametrize(
    ("text", "words", "kind", "again"),
    [
        ("Zorvex fell.\nThey said Zorvex lied.", "Zorvex", "organisation", ["Zorvex"]),
        ("Zorvex Mutual fell.\nThey left Zorvex.", "Zorvex Mutual", "organisation", ["Zorvex"]),
        ("Ombra Tisk fell.\nThey left Ombra.", "Ombra Tisk", "person", ["Ombra"]),
        ("Brimla Sol fell.\nThey left Brimla.", "Brimla Sol", "location", []),
        ("Harbour Mutual fell.\nThe new Harbour rose.", "Harbour Mutual", "organisation", []),
    ],
)
def test_a_name_is_found_again_by_itself_or_its_main_part(
    text: str, words: str, kind: str, again: list[str]
) -> None:
    assert echoes(text, words, kind) == again


def test_the_surest_tag_of_a_name_gives_the_kind_of_its_echoes() -> None:
    lines = lines_of("Zorvex fell.\nThey left Zorvex.\nThey like Zorvex.")
    tags = [
        [tag(lines[0], "Zorvex", "organisation", 0.9)],
        [tag(lines[1], "Zorvex", "person", 0.4)],
    ]
    *_, last = echoed(lines, [*tags, []])
    assert [one.kind for one in last] == ["organisation"]


@pytest.mark.parametrize(
    ("text", "words", "tagged", "kind"),
    [
        ("Ombra Tisk, who chairs the talks, left.", "Ombra Tisk", "organisation", "person"),
        ("They met Governor Ombra Tisk.", "Ombra Tisk", "organisation", "person"),
        ("They met Ombra Tisk.", "Ombra Tisk", "organisation", "organisation"),
        ("Ombra Tisk, a mining company, left.", "Ombra Tisk", "person", "organisation"),
        ("The ruling Ombra Tisk party left.", "Ombra Tisk", "person", "organisation"),
        (
            "Ida Falk of the Ombra Tisk, who lost, left.",
            "Ombra Tisk",
            "organisation",
            "organisation",
        ),
    ],
)
def test_the_words_beside_a_name_outvote_its_tag(
    text: str, words: str, tagged: str, kind: str
) -> None:
    (line,) = lines_of(text)
    assert settled([(line, tag(line, words, tagged))]) == {words.lower(): kind}


def test_a_double_surname_is_that_of_the_person() -> None:
    whole, part = lines_of("Wil van Dorp left.\nThey blamed Van Dorp.")
    tags = [
        (whole, tag(whole, "Wil van Dorp", "person")),
        (part, tag(part, "Van Dorp", "location", 0.5)),
    ]
    assert settled(tags)["van dorp"] == "person"
    sure = [tags[0], (part, tag(part, "Van Dorp", "location", 0.9))]
    assert settled(sure)["van dorp"] == "location"


def test_the_short_name_of_a_company_is_no_place() -> None:
    (line,) = lines_of("They blamed Zorvex.")
    tags = [(line, tag(line, "Zorvex", "location", 0.6))]
    assert settled(tags)["zorvex"] == "location"
    assert settled(tags, ["Zorvex Therapeutics"])["zorvex"] == "organisation"
    (placed,) = lines_of("They met in Zorvex.")
    sure = [(placed, tag(placed, "Zorvex", "location"))]
    assert settled(sure, ["Zorvex Therapeutics"])["zorvex"] == "location"
