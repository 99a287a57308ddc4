"""What the words around a name say of a person: titles before it, appositions after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stancekit.actors.lexicon import lexicon

_WORD = re.compile(r"\S+")
_APPOSITION = re.compile(
    r"\s*,\s+(?:\d{1,3},\s+)?(?:who (?:is|was|heads|leads|serves as|works as)\s+)?"
    r"(?P<lead>(?:the|a|an|its|his|her|their|[A-Z][\w.'’-]*['’]s?)\s+)?"
    r"(?P<text>[^,;:.!?()\"“”—–\n]{3,90})"
)
_OPENING = "\"'“‘«(["
_LEADING = {"leads": "leader", "heads": "head", "chairs": "chair", "runs": "head"}
_LEADING |= {"directs": "director", "commands": "commander", "represents": "representative"}
_LEADS = re.compile(
    rf"\s*,\s+who (?P<verb>{'|'.join(_LEADING)}) (?!for )(?P<body>[^,;:.!?()\"“”—–\n]{{3,60}}?)"
    r"(?= and | who |[,;:.!?()\"“”—–\n]|$)"
)
_CLAUSE = re.compile(
    r"\s(?:and(?: (?:no|not|as|a|an|who)\b|$)"
    r"|said|says|told|who|which|that|has|had|is|was|were|will|would)\b.*",
    re.DOTALL,
)
_PORTFOLIO = re.compile(
    r"\b(?:ex-)?(?P<noun>[A-Z][\w-]+) (?:of|for) (?:the )?"
    r"(?:[A-Z][\w-]+(?:,| and| of| for)? ){1,4}$"
)
_HEAD = re.compile(
    r"\s(?:of|at|for|with|in|from|to|on|who|said|told|which|that|and)\b.*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Role:
    """What the text calls a person.

    Attributes
    ----------
    words
        As written, such as ``"Foreign Minister"`` or ``"a Japan expert at ..."``.
    noun
        Its head noun, in lower case.
    is_office
        Whether one who bears it speaks for a state, an organisation or a company.
    """

    words: str = ""
    noun: str = ""
    is_office: bool = False


def role_before(text: str) -> Role:
    """Read the role that ends right before a name.

    Parameters
    ----------
    text
        The sentence up to the name.

    Examples
    --------
    >>> role_before("Talks began when Deputy Finance Minister ").words
    'Deputy Finance Minister'
    >>> role_before("The prize went to Prime Minister of Chile ").words
    'Prime Minister of Chile'
    >>> role_before("It was signed by former president ").is_office
    False
    """
    text, portfolio = _parted(text[-80:])
    words = _WORD.findall(text)
    if not words:
        return Role()
    words[-1] = words[-1].lstrip(_OPENING)
    noun = words[-1].rstrip(".,").lower().removeprefix("ex-")
    if noun not in lexicon().offices and noun not in lexicon().callings:
        return Role()
    if words[-1] in lexicon().deeds:
        # "She accused Lee" gives no title.
        return Role()
    start = len(words) - 1
    is_capital = words[-1][0].isupper()
    while start and len(words) - start < 5 and _qualifies(words[start - 1], is_capital):
        start -= 1
    said = " ".join(words[start:]).rstrip(",") + portfolio
    is_former = words[-1].lower().startswith("ex-") or any(
        word.lower() in lexicon().former for word in words[max(0, start - 1) : -1]
    )
    return Role(said, noun, noun in lexicon().offices and not is_former)


def _parted(text: str) -> tuple[str, str]:
    """Part the portfolio from an office that ends a text: "Minister", " of Labour"."""
    match = _PORTFOLIO.search(text)
    if match is None or match["noun"].lower() not in lexicon().offices:
        return text, ""
    return text[: match.end("noun")], text[match.end("noun") :].rstrip()


def role_after(text: str) -> Role:
    """Read the role in apposition right after a name.

    Parameters
    ----------
    text
        The sentence from the end of the name on.

    Examples
    --------
    >>> role_after(", the national security adviser, said so.").words
    'national security adviser'
    >>> role_after(", a Japan expert at Hankuk University, said so.").is_office
    False
    """
    leads = _LEADS.match(text)
    if leads:
        noun = _LEADING[leads["verb"]]
        return Role(f"{noun} of {leads['body'].strip()}", noun, is_office=True)
    phrase, words = apposition(text)
    for word in reversed(words):
        noun = word.lower().rstrip("'’").removeprefix("ex-")
        if noun in lexicon().offices or noun in lexicon().callings:
            is_former = any(w.lower() in lexicon().former or w.startswith("ex-") for w in words)
            return Role(phrase, noun, noun in lexicon().offices and not is_former)
    return Role()


def apposition(text: str) -> tuple[str, list[str]]:
    """Read the apposition right after a name, and the words up to its first preposition.

    Examples
    --------
    >>> apposition(", a Danish storage group with four sites, withdrew.")
    ('Danish storage group with four sites', ['Danish', 'storage', 'group'])
    """
    match = _APPOSITION.match(text)
    if not match:
        return "", []
    phrase = _CLAUSE.sub("", match["text"]).strip()
    words = _HEAD.sub("", phrase).split()
    verbs = lexicon().deeds, lexicon().role_stops
    is_clause = not match["lead"] and not all(one.isdisjoint(words) for one in verbs)
    return ("", []) if is_clause else (phrase, words)


def _qualifies(word: str, is_capital: bool) -> bool:
    """Whether a word before a role's noun belongs to it; before a capital only capitals do."""
    low = word.lower()
    return (
        (word[0].isupper() if is_capital else word[0].isalpha())
        and (word[-1] not in ',;:."”)' or word == "U.S.")
        and low not in lexicon().role_stops
        and low not in lexicon().deeds
        and word not in lexicon().calendar
    )
