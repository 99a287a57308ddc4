from __future__ import annotations

import pytest

from stancekit.furniture import is_furniture, opens_links


@pytest.mark.parametrize(
    "paragraph",
    [
        "Advertisement",
        "Story continues below advertisement",
        "Slideshow (5 images)",
        "Sign up for our harbour letter",
        "Related: How the harbour was built",
        "READ MORE: How the harbour was built",
        "Tags: harbours, Kenya",
        "https://example.org/harbour",
        "[How the harbour was built]",
        "How the harbour was built »",
        "Photo: Ida Falk",
        "Photo by Ida Falk",
        "(Photograph by Ida Falk/Agency)",
        "Image caption Falk at the harbour",
        "Image copyright Agency",
        "Falk at the harbour. (Photo: Ana Ruiz)",
        "Falk at the harbour. Ana Ruiz/Reuters",
        "Falk at the harbour (AP Photo/Ana Ruiz)",
        "FILE - In this May 4, 2026 photo, Falk waves. The harbour opened later." + " Rain." * 60,
        "By Ida Falk",
        "By Ida Falk and Ana Ruiz in Nairobi",
        "By IDA FALK, Harbour Editor",
        "Reporting by Ida Falk; Editing by Ana Ruiz",
        "Ana Ruiz in Lima contributed to this report.",
        "Updated 3:15 p.m. EST, March 4, 2026",
        "Published: 4 March 2026",
        "Friday, March 4, 2026",
        "4 March 2026",
        "5 min read",
        "© 2026 Acme",
    ],
)
def test_furniture(paragraph: str) -> None:
    assert is_furniture(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Published in 2019, the report blamed Kenya.",
        "Updated figures show 3,000 jobs were lost. Falk resigned.",
        "Images by satellite show 20 tanks.",
        "By Monday the harbour had closed.",
        "By then Ida Falk had left.",
        "Friday, March 4, 2026 was a long day.",
        "Advertisements for the harbour were banned.",
        "Watch the harbour, Falk said.",
        "[We] will not move.",
        "«We will not move»",
        "«We will not move», said Falk.",
        "[Falk laughs.]",
        "Related parties must leave, the court said.",
        "Reuters reported that Falk had left.",
        "Falk spoke to Reuters on Monday. She left later.",
        "Topics were many and time was short.",
    ],
)
def test_report(paragraph: str) -> None:
    assert not is_furniture(paragraph)


@pytest.mark.parametrize(
    "title", ["Related Posts", "RELATED STORIES:", "More from Nairobi", "Read more", "Tags", "Also"]
)
def test_link_lists_open(title: str) -> None:
    assert opens_links(title)


@pytest.mark.parametrize(
    "paragraph",
    [
        "More in-depth talks are planned.",
        "More on that story will follow, Falk said.",
        "Share this burden fairly, the minister said.",
        "Also present was Falk",
        "Related Posts of the army were closed",
    ],
)
def test_no_link_list_opens(paragraph: str) -> None:
    assert not opens_links(paragraph)
