from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from strategies import any_text, paragraphs

from stancekit.splitter import sentence_ends


def sentences(paragraph: str) -> list[str]:
    cuts = [0, *sentence_ends(paragraph)]
    return [paragraph[a:b].strip() for a, b in pairwise(cuts)]


@pytest.mark.parametrize(
    "paragraph",
    [
        # Abbreviations, titles, initials, figures
        "The U.S. Treasury met Dr. Ruiz.| Mr.\xa0Falk left.",
        "Lt. Gen. Ida Falk and Reps. Ana Ruiz and Tom Orla left.| Sec. Orla stayed.",
        "J. K. Orla of St. Brendan paid $2.5 million on Jan. 12.| It was 5 p.m. in Peru.",
        "See No. 10 in vol. 3, i.e. the last one.| Prices rose 2.5%.| 3,000 people left.",
        "Visit www.example.org.| Kenya won.| Write to ida@example.org.| Peru lost.",
        # Everyday words that look like abbreviations to a model of law texts
        "He will speak next month.| Kenya said nothing.",
        "The pact was signed in New York.| Peru won.",
        "The union sued the bank.| Falk said so.| It was a long story.| Ruiz left.",
        # Quotations
        "“We won.”| She left.",
        '"We won."| She left.',
        "“Is this fair?” Falk asked.| “No!” President Orla replied.| “Go.”",
        "“Is this fair?” he asked.| “No!” she said.",
        "“We wait. ”| She left.",
        "He said: 'We won't move.'| She said 'Fine.'| They left.",
        "«We won. »| She left.",
        # An abbreviation behind an opening mark
        "“Mr. Falk won,” she said.| “Dr.\xa0Ruiz lost.”",
        "She said: 'Sen. Falk and Gov. Ruiz left.'| He stayed.",
        "«Gen. Orla won. »| (Sgt. Ruiz left.)| [Rep. Falk stayed.]",
        "“No. 10 is silent,” he said.| “No.| We stay.”",
        # Brackets and marks
        "(They had lost. )| She left.",
        "He left. [...]| She stayed.",
        "They lost (again!), she said.| (Nobody heard.)| She left.",
        "They grew (see p. 4; the U.N. said so).| She left.",
        "Yahoo! said so.| Really?!| Yes!!| Well.",
        "Wait... what?| He left...| They stayed … and sang.",
        "The E.C.B. raised rates.| The rate of the E.C.B. rose.",
        # Other scripts
        "한국은 이겼다.| 일본은 졌다.",
        "فازت كينيا.| خسرت بيرو.",
    ],
)
def test_news_as_it_comes(paragraph: str) -> None:
    assert sentences(paragraph.replace("|", "")) == paragraph.split("| ")


@given(any_text)
def test_ends_rise_to_the_length(text: str) -> None:
    ends = list(sentence_ends(text))
    assert ends == sorted(set(ends))
    assert ends[-1:] == ([len(text)] if text else [])
    assert all(end > 0 for end in ends)


@given(paragraphs)
def test_quote_style_does_not_matter(paragraph: str) -> None:
    straight = paragraph.translate(str.maketrans("“”’", '""\''))
    assert list(sentence_ends(straight)) == list(sentence_ends(paragraph))


@given(paragraphs)
def test_white_space_style_does_not_matter(paragraph: str) -> None:
    assert list(sentence_ends(paragraph.replace(" ", "\xa0"))) == list(sentence_ends(paragraph))


@pytest.mark.parametrize("run", ["?", ".", ".)", '."', "a.", "! ", "' ", ". ) "])
def test_marks_without_end_take_linear_time(run: str) -> None:
    # With the splitter's square of the run's length, this would take an hour.
    assert list(sentence_ends(run * 200_000))[-1] == len(run) * 200_000
