"""Read heads of state and government from the fact tables: who, which office, since when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from stancekit.actors.spelling import plain

_TITLE_WORDS = (
    "President of the National Council for the Safeguard of the Homeland",
    "Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces",
    "President of the Government of Spain",
    "President of the Pontifical Commission for the State of Vatican City and President of the"
    " Governorate of the Vatican City State",
    "President, Presidential Council,",
    "Presidential Leadership Council Chairperson",
    "Chairperson of the Presidency",
    "Chairperson of the Council of Ministers",
    "Chairman of the Cabinet of Ministers",
    "President of Council of Ministers",
    "President of the Swiss Confederation",
    "State Affairs Commission President",
    "Supreme People's Assembly President",
    "Secretary of State for Foreign and Political Affairs",
    "Prime Minister and Foreign Minister",
    "Prime Minister and Co-Vice President",
    "Sultan and Prime Minister",
    "Crown Prince and Prime Minister",
    "Taoiseach (Prime Minister)",
    "President of the Government",
    "Minister of State",
    "President of China",
    "Prime Minister",
    "Chief Minister",
    "Chief Executive",
    "Vice President",
    "Supreme Leader",
    "Taliban Leader",
    "Crown Prince",
    "Grand Duke",
    *("Interim", "Acting", "Transitional", "Transition", "Caretaker", "CNSP", "(CNSP)", "GNU"),
    *("President", "Premier", "Chancellor", "Governor", "King", "Sultan", "Emperor", "Amir"),
    *("Prince", "Pope", "General", "Gen.", "Col.", "Capt.", "Dr.", "Sr.", "Sir", "Ratu"),
)
_TITLES = re.compile(rf"(?:(?:{'|'.join(map(re.escape, _TITLE_WORDS))})\s+)+")
_SINCE = re.compile(r"\(?(?:since )?(?:(?:(\d{1,2}) )?([A-Z][a-z]+) )?(\d{4})\)?")
_RANKS = re.compile(
    r"\b(?:Interim|Acting|Transition(?:al)?|Caretaker|GNU|CNSP|General|Gen\.|Col\.|Capt\.|Dr\.|Sr\."
    r"|Sir|Ratu)\s*"
)
_OFFICES = {
    "Premier": "Premier",
    "Chancellor": "Chancellor",
    "Prime Minister": "Prime Minister",
    "Chief Minister": "Chief Minister",
    "Chief Executive": "Chief Executive",
    "Vice President": "Vice President",
    "Supreme Leader": "Supreme Leader",
    "Taliban Leader": "Leader",
    "Crown Prince": "Prime Minister",
    "Grand Duke": "Grand Duke",
    "Taoiseach": "Prime Minister",
    "Amir": "Emir",
    "King Sultan": "King",
    "State Affairs Commission President": "Leader",
    "Supreme People's Assembly President": "Speaker of Parliament",
}
_PARTICLES = frozenset(("van", "der", "de", "dos", "da", "e", "al", "el", "bin", "von"))


@dataclass(frozen=True)
class Term:
    """One person in one office: ISO dates or years, empty where unknown or still held."""

    name: str
    country: str
    office: str = ""
    start: str = ""
    end: str = ""
    aliases: tuple[str, ...] = field(default=())
    source: str = ""


def fold(text: str) -> str:
    """Strip diacritics and case: two spellings of one name compare equal."""
    return plain(text).casefold()


def usual_case(name: str) -> str:
    """Write a name whose surname stands in capitals the usual way.

    Examples
    --------
    >>> usual_case("Faustin-Archange TOUADÉRA")
    'Faustin-Archange Touadéra'
    >>> usual_case("Alexander VAN DER BELLEN")
    'Alexander Van der Bellen'
    """
    words = name.split()
    done = []
    for index, word in enumerate(words):
        if not _is_capitals(word) or (index and re.fullmatch(r"[IVX]+", word)):
            done.append(word)
        elif word.lower() in _PARTICLES and index and _is_capitals(words[index - 1]):
            done.append(word.lower())
        else:
            done.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(done)


def short_forms(name: str) -> Iterator[str]:
    """Yield the shorter forms under which a name with a marked surname is known.

    Examples
    --------
    >>> list(short_forms("Gustavo Francisco PETRO Urrego"))
    ['Gustavo Francisco Petro', 'Gustavo Petro', 'Gustavo Petro Urrego']
    """
    words = name.split()
    marked = [i for i, word in enumerate(words) if _is_capitals(word)]
    if not marked or not marked[0]:
        return
    family = words[marked[0] : marked[-1] + 1]
    yield usual_case(" ".join(words[: marked[-1] + 1]))
    yield usual_case(" ".join([words[0], *family]))
    yield usual_case(" ".join([words[0], *words[marked[0] :]]))


def factbook_terms(
    row: Mapping[str, str],
    country: str,
    names: Mapping[str, tuple[str, tuple[str, ...]]],
    *,
    is_state: bool = True,
) -> Iterator[Term]:
    """Read the leaders of one factbook row; where it is no state, the head of government.

    Parameters
    ----------
    row
        One row of the factbook table.
    country
        The country's name in the roster.
    names
        The usual English name, and further aliases, by the name as written.
    is_state
        Whether the row's head of state is its own.
    """
    seen = set()
    columns = ("chief_of_state", "head_of_government")
    for column in columns if is_state else columns[1:]:
        cell = row[column].split(";")[0]
        found = _SINCE.search(cell)
        person = re.sub(r"\([^()]*(?:\)|$)", " ", cell)
        person = re.sub(r"\s+", " ", person).strip(" ,")
        title = _TITLES.match(person + " ")
        if not title and not names.get(person):
            continue
        written = person[title.end() if title else 0 :].strip(" ,").split(", represented")[0]
        if not written or written in seen or written == "(vacant)":
            continue
        seen.add(written)
        usual, aliases = names.get(written, (_usual(written), ()))
        forms = dict.fromkeys([*aliases, usual_case(written).replace(", Jr.", " Jr.")])
        forms.update(dict.fromkeys(short_forms(written)))
        yield Term(
            usual,
            country,
            _office(title.group() if title else "President", country),
            _iso(found),
            aliases=tuple(
                form for form in forms if form != usual and " " in form and '"' not in form
            ),
            source="factbook",
        )


def wikidata_terms(
    rows: Iterable[Mapping[str, str]], countries: Mapping[str, str]
) -> Iterator[Term]:
    """Read the Wikidata table; monarchs are kept for their first country alone."""
    crowned: set[str] = set()
    for row in rows:
        name = re.sub(r"\s*\"[^\"]*\"\s*", " ", row["officeholderLabel"]).split(",")[0]
        name = re.sub(r"(?<=[IVX]) of (?:the )?[A-Z]\w+$", "", name)
        country = countries.get(row["country"], row["country"])
        label = row["positionLabel"]
        is_monarch = label.lower().startswith("monarch")
        if re.fullmatch(r"Q\d+", name) or (is_monarch and name in ("Elizabeth II", "Charles III")):
            continue
        if name in crowned or "Governor-General" in label:
            continue
        yield Term(
            name, country, _plain_office(label, country), row["start_year"], row["end_year"],
            source="Wikidata",
        )  # fmt: skip


def same_people(terms: Iterable[Term]) -> list[Term]:
    """Give one name to terms of a country that share a form, or their first and last names."""
    names: dict[tuple[str, ...], str] = {}
    merged = []
    for term in terms:
        forms = [(term.country, fold(form)) for form in (term.name, *term.aliases)]
        words = fold(term.name).replace("-", " ").split()
        keys: list[tuple[str, ...]] = [*forms, (term.country, words[0], words[-1])]
        name = next((names[key] for key in keys if key in names), term.name)
        names.update((key, name) for key in keys if key not in names)
        aliases = tuple(dict.fromkeys([*term.aliases, term.name]))
        merged.append(replace(term, name=name, aliases=tuple(a for a in aliases if a != name)))
    return merged


def close_terms(terms: Iterable[Term]) -> list[Term]:
    """End a term that has no end where the next holder of the office begins."""
    terms = list(terms)
    starts: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        if term.office:
            starts.setdefault(term.office, []).append((term.start, term.name))
    closed = []
    for term in terms:
        is_shared = term.office.startswith(("Member", "Captain Regent"))
        later = [
            start
            for start, name in starts.get(term.office, ())
            if start[:4] > term.start[:4] and name != term.name
        ]
        is_open = not term.end and later and not is_shared
        closed.append(replace(term, end=min(later)) if is_open else term)
    return closed


def _usual(name: str) -> str:
    """Write a name the usual way, without the second surnames after the one in capitals."""
    words = name.split()
    marked = [i for i, word in enumerate(words) if _is_capitals(word)]
    if marked and marked[0]:
        words = words[: marked[-1] + 1] + [word for word in words if word in ("Jr.", "II", "III")]
    return usual_case(" ".join(dict.fromkeys(words))).replace(", Jr.", " Jr.")


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) > len(letters) // 2


def _iso(found: re.Match[str] | None) -> str:
    if not found:
        return ""
    day, month, year = found.groups()
    if not month:
        return str(year)
    number = datetime.strptime(month[:3], "%b").month
    return f"{year}-{number:02d}-{int(day or 1):02d}"


def _office(title: str, country: str) -> str:
    words = _RANKS.sub("", title).strip(" ,")
    for start, office in _OFFICES.items():
        if words.startswith(start):
            words = office
    if " of " in words or "Council" in words:
        words = "Prime Minister" if "Ministers" in words else "President"
    return words if words == "Pope" else f"{words.split(' and ')[0]} of {the(country)}"


def _plain_office(label: str, country: str) -> str:
    low = label.lower()
    for sign, office in (
        ("vice president", "Vice President"),
        ("executive yuan", "Premier"),
        ("premier", "Premier"),
        ("president", "President"),
        ("prime minister", "Prime Minister"),
        ("taoiseach", "Prime Minister"),
        ("chancellor", "Chancellor"),
        ("supreme leader", "Supreme Leader"),
        ("king", "King"),
        ("monarch", "King"),
        ("emperor", "Emperor"),
    ):
        if low.startswith(sign) or f" {sign}" in low:
            return f"{office} of {the(country)}"
    return label


def the(country: str) -> str:
    """Put "the" before a country's name where English does.

    Examples
    --------
    >>> the("Philippines"), the("Peru")
    ('the Philippines', 'Peru')
    """
    takes = re.search(r"^(?:United|Czech Rep)|Republic|Islands|lands$|pines$|dives$|mas$", country)
    return f"the {country}" if takes or country in ("Gambia", "Vatican") else country
