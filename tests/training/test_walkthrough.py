from __future__ import annotations

import re
from pathlib import Path

import pytest

import stancekit
from training.walkthrough import COMMAND, SAMPLE, walk

PAGE = Path(__file__).parents[2] / "docs" / "walkthrough.md"
STEPS = 6


def sections(page: str) -> list[str]:
    """Part a page by its headings; figures, whose last digit differs by processor, are masked."""
    return re.sub(r"[+-]?\d\.\d\d", "0.00", page).split("\n## ")


def tables(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in lines if "---" not in line]


def test_the_page_tells_what_the_model_says_today() -> None:
    found, written = (sections(one) for one in (walk(stancekit.load()), PAGE.read_text("utf-8")))
    # Which words weigh most may turn on the last digit too.
    assert found[: STEPS + 1] == written[: STEPS + 1], (
        f"the page is older than the model: {COMMAND}"
    )
    assert len(found) == len(written)


@pytest.fixture(scope="module")
def lexical() -> list[str]:
    return sections(walk(stancekit.load("news-lexical")))


def test_any_model_can_be_walked_through(lexical: list[str]) -> None:
    assert len(lexical) >= STEPS + 2
    assert all(len(tables(section)) > 1 for section in lexical[1:])
    widths = [{row.count(" | ") for row in s.splitlines() if row.startswith("| ")} for s in lexical]
    assert all(len(of_section) <= 1 for of_section in widths)


def test_words_are_those_of_the_article(lexical: list[str]) -> None:
    text = " ".join(SAMPLE.read_text("utf-8").split())
    mentions = [row[1] for row in tables(lexical[3])[1:]]
    assert mentions
    assert all(words in text for words in mentions)


def test_a_surname_has_its_runner_up() -> None:
    page = sections(walk(stancekit.load()))
    assert any(row[1] == "Noh" and "rather than Noh Jung-ha" in row[3] for row in tables(page[3]))
