"""Articles to the rows of each view, and to one JSON object."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from stancekit.labels import JOINER, STANCES

if TYPE_CHECKING:
    from stancekit.article import Article
    from stancekit.model import Model
    from stancekit.records import DocumentStance, Sentence, Stance

Row: TypeAlias = dict[str, Any]

HEADLINE: Final = "H"
_LETTERS: Final = {"headline": HEADLINE, "body": "S", "boilerplate": "B"}
_DIGITS: Final = 4


class View(StrEnum):
    """What a row of the output is."""

    SENTENCES = "sentences"
    STANCES = "stances"
    ACTORS = "actors"
    QUOTATIONS = "quotations"
    RELATIONS = "relations"
    DOCUMENTS = "documents"


def columns_of(view: View, model: Model) -> list[str]:
    """Return the columns of a view, the same for every article."""
    columns = {
        View.SENTENCES: [
            *("doc_id", "sentence_id", "text", "claim_types", *model.claim_labels),
            *("speaker", "stances", "role", "start", "end"),
        ],
        View.STANCES: [
            *("doc_id", "sentence_id", "text", "start", "end", "actor", "stance"),
            *(*model.stance_labels, "holder"),
        ],
        View.ACTORS: [
            *("doc_id", "actor", "id", "kind", "country", "office", "n_mentions"),
            *model.stance_labels,
        ],
        View.QUOTATIONS: [
            *("doc_id", "sentence_id", "content", "speaker", "source", "cue", "direct"),
            *("official", "start", "end"),
        ],
        View.RELATIONS: ["doc_id", "sentence_id", "holder", "target", "stance", "probability"],
        View.DOCUMENTS: [
            *("doc_id", "actor", "stance", "confidence", *STANCES, "score", "low", "high"),
            *("n_sentences", "sentences", "evidence"),
        ],
    }
    return columns[view]


def rows_of(view: View, name: str, article: Article, model: Model) -> Iterator[Row]:
    """Return the rows of one article.

    Sentences and stances have the columns that ``stancekit train`` reads: offsets of a
    stance count from the start of its sentence, all others from the start of the article.
    """
    rows = _actors(article, model) if view is View.ACTORS else _ROWS[view](article)
    for row in rows:
        yield {"doc_id": name, **_rounded(row)}


def sentence_ids(article: Article) -> list[str]:
    """Name the sentences: ``"H"`` for a headline, ``"S1"``, ``"S2"``, ... for the body.

    Boilerplate is counted apart, as ``"B1"``, ``"B2"``, ...
    """
    numbers: Counter[str] = Counter()
    names = []
    for sentence in article.sentences:
        numbers[sentence.role] += 1
        letter = _LETTERS[sentence.role]
        names.append(letter if letter == HEADLINE else f"{letter}{numbers[sentence.role]}")
    return names


def stances_by_sentence(article: Article) -> Mapping[int, Sequence[Stance]]:
    """Group the stances; a sentence without one has an empty group."""
    groups: defaultdict[int, list[Stance]] = defaultdict(list)
    for stance in article.stances:
        if stance.sentence is not None:
            groups[stance.sentence].append(stance)
    return groups


def stance_counts(article: Article) -> Mapping[str, Counter[str]]:
    """Count the sentences of each stance, by the id of the actor."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stance in article.stances:
        counts[stance.actor.id][stance.label] += 1
    return counts


def json_object(name: str, article: Article) -> Row:
    """Return everything that is known of an article; offsets count its characters."""
    groups = stances_by_sentence(article)
    names = sentence_ids(article)
    return {
        "doc_id": name,
        "date": article.date,
        "notes": list(article.notes),
        "sentences": [
            {
                "sentence_id": names[at],
                **_json_sentence(sentence),
                "stances": [_json_stance(stance) for stance in groups[at]],
            }
            for at, sentence in enumerate(article.sentences)
        ],
        "actors": [
            {**actor.row(), "mentions": [[m.start, m.end] for m in actor.mentions]}
            for actor in article.actors
        ],
        "quotations": [_rounded(row) for row in _quotations(article)],
        "relations": [_rounded(row) for row in _relations(article)],
        "document_stances": [_json_document(one, names) for one in article.document_stances],
    }


def _json_sentence(sentence: Sentence) -> Row:
    row = sentence.row()
    kept = ("text", "start", "end", "paragraph", "role", "speaker")
    return {
        **{key: row[key] for key in kept},
        "claim_types": list(sentence.claim_types),
        "claims": _rounded(sentence.claims),
    }


def _json_stance(stance: Stance) -> Row:
    row = stance.row()
    return {
        **{key: row[key] for key in ("actor", "stance", "holder", "start", "end")},
        "probabilities": _rounded(stance.probabilities),
    }


def _json_document(stance: DocumentStance, names: Sequence[str]) -> Row:
    return {
        "actor": stance.actor.name,
        "stance": stance.label,
        "probabilities": _rounded(stance.probabilities),
        **_rounded({"score": stance.score, "low": stance.low, "high": stance.high}),
        "n_sentences": stance.n_sentences,
        "evidence": [names[at] for at in stance.evidence],
    }


def _sentences(article: Article) -> Iterator[Row]:
    groups = stances_by_sentence(article)
    for name, sentence in zip(sentence_ids(article), article.sentences, strict=True):
        stances = [f"{stance.actor.name}:{stance.label}" for stance in groups[sentence.index]]
        yield {
            **sentence.row(),
            "sentence_id": name,
            "stances": "; ".join(stances),
        }


def _stances(article: Article) -> Iterator[Row]:
    names = sentence_ids(article)
    for at, stances in stances_by_sentence(article).items():
        sentence = article.sentences[at]
        for stance in stances:
            yield {
                **stance.row(),
                "sentence_id": names[at],
                "text": sentence.text,
                "start": (stance.start or 0) - sentence.start,
                "end": (stance.end or 0) - sentence.start,
            }


def _actors(article: Article, model: Model) -> Iterator[Row]:
    counts = stance_counts(article)
    for actor in article.actors:
        yield {**actor.row(), **{label: counts[actor.id][label] for label in model.stance_labels}}


def _quotations(article: Article) -> Iterator[Row]:
    names = sentence_ids(article)
    starts = [sentence.start for sentence in article.sentences]
    for quotation in article.quotations:
        at = max(bisect_right(starts, quotation.start) - 1, 0)
        yield {
            **quotation.row(),
            "sentence_id": names[at],
            "content": article.text[quotation.start : quotation.end],
        }


def _relations(article: Article) -> Iterator[Row]:
    names = sentence_ids(article)
    for relation in article.relations:
        yield {**relation.row(), "sentence_id": names[relation.sentence]}


def _documents(article: Article) -> Iterator[Row]:
    names = sentence_ids(article)
    for stance in article.document_stances:
        evidence = JOINER.join(names[at] for at in stance.evidence)
        yield {**stance.row(article.sentences), "sentences": evidence}


def _rounded(row: Mapping[str, Any]) -> Row:
    return {
        key: round(value, _DIGITS) if isinstance(value, float) else value
        for key, value in row.items()
    }


_ROWS: Final[dict[View, Callable[[Article], Iterator[Row]]]] = {
    View.SENTENCES: _sentences,
    View.STANCES: _stances,
    View.QUOTATIONS: _quotations,
    View.RELATIONS: _relations,
    View.DOCUMENTS: _documents,
}
