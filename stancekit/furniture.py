"""Paragraphs of a page that are not part of the report: captions, credits, links, bylines."""

from __future__ import annotations

import re

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""Pattern of the name of a month."""

_LONGEST = 300
_AGENCY = r"(?:AFP|AP|EPA|Reuters|Getty Images)\b"
_PICTURE = r"(?:photo(?:graph)?s?|images?|pictures?|videos?|graphics?|captions?|credits?)"
_NAMES = r"(?-i:(?: [A-Z][\w.'\u2019-]+){2,5}(?:,? and(?: [A-Z][\w.'\u2019-]+){2,4})?)"
_DAY = rf"(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}),? \d{{4}}"

_FURNITURE = re.compile(
    "|".join(
        (
            # Buttons and labels
            r"advertisements?|sponsored(?: content)?|story continues below.*|slideshow.{0,20}",
            r"watch(?: now)?|listen(?: now)?|all rights reserved.*|(?:\u00a9|\(c\)|copyright)\W.*",
            r"(?:sign up (?:for|to)|subscribe (?:to|now|for)|follow us on|click here)\b.*",
            # Links
            r"(?:also|related|read more|see also|read also|also read|more|watch)\s*[:|].*",
            r"(?:tags?|topics?|keywords?|filed under)\s*:.*|(?:https?://|www\.)\S+",
            r"\[[^\]]*[^.\]]\]|[^\u00ab]*[\w?] *\u00bb",
            # Captions and picture credits
            rf"\(?(?:ap |file )?{_PICTURE}\s*(?:[:|/]|by(?-i: [A-Z])|(?:credit|copyright)\b).*",
            r"(?:enlarge this image|(?:image|media|photo) (?:caption|source|playback))\b.*",
            rf".*\((?:{_PICTURE}:|{_AGENCY}\s*(?:photo)?/)[^)]*\)",
            rf".*(?:/ ?|\bvia ){_AGENCY}[^.]{{0,40}}",
            # Bylines
            rf"by{_NAMES}(?:(?:,| in| for| [|-]) [^.]{{0,60}})?|byline:.*|\(?compiled by\b.*",
            r"(?:additional )?(?:reporting|editing|writing) by\b.*",
            r".{0,120}\bcontributed (?:to )?(?:this|the) (?:report|story|article).{0,40}",
            # Dates
            r"(?:published|updated|posted|last (?:updated|modified))\b"
            r".{0,60}\d(?:[^.]|\.m\b\.?){0,40}",
            rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?{_DAY}",
            r"\d+ (?:min(?:ute)?s?|hours?) (?:read|ago)",
        )
    ),
    re.IGNORECASE,
)
_CAPTION = re.compile(r"FILE\s*[-\u2013\u2014:]|FILE PHOTO\b")
_LINKS_FOLLOW = re.compile(
    r"(?:related|recommended|popular|trending|most[ -]read|more)\s+"
    r"(?:posts?|stories|news|articles?|links?|reading|coverage|(?:from|on|in)\b[^.]*)\s*:?"
    r"|(?:also|see also|read (?:also|more|next)|more on this story|you may also like"
    r"|tags|topics|sources|external links|share (?:this|on)\b[^.]*)\s*:?",
    re.IGNORECASE,
)


def is_furniture(paragraph: str) -> bool:
    """Tell a caption, credit, byline, date, link or button from the report.

    Parameters
    ----------
    paragraph
        Without white space around it.

    Examples
    --------
    >>> is_furniture("Photo: Ida Falk"), is_furniture("By Ida Falk and Ana Ruiz")
    (True, True)
    >>> is_furniture("Falk photographed the strike.")
    False
    """
    if _CAPTION.match(paragraph):
        return True
    return len(paragraph) <= _LONGEST and _FURNITURE.fullmatch(paragraph) is not None


def opens_links(paragraph: str) -> bool:
    """Tell whether a paragraph is the title of a list of links.

    Parameters
    ----------
    paragraph
        Without white space around it.

    Examples
    --------
    >>> opens_links("Related Posts"), opens_links("More in-depth talks are planned.")
    (True, False)
    """
    return len(paragraph) <= _LONGEST and _LINKS_FOLLOW.fullmatch(paragraph) is not None
