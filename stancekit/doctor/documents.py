"""Documents in pieces: in two splits at once, or with their rows scattered."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from stancekit.doctor.findings import MAX_SHOWN, Finding, Severity
from stancekit.doctor.sheet import Sheet
from stancekit.parse import HEADLINE

SCATTERED = "scattered document"

_NUMBERED = re.compile(r"[A-Za-z]?[-_]?(\d{1,9})")


def mend_scattered(sheet: Sheet) -> tuple[list[Finding], pd.DataFrame]:
    """Bring the rows of each document together, claims in the order of their sentences."""
    if not sheet.has("doc_id"):
        return [], sheet.frame
    order = _order(sheet)
    frame = sheet.frame.loc[order["row"]]
    follows = order["document"].eq(order["document"].shift())
    moved = order[follows & order["at"].diff().ne(1)]["row"]
    if moved.empty:
        return [], sheet.frame
    documents = frame.loc[moved, "doc_id"].unique()
    message = f"apart from the rest of their document, or out of order: {_some(documents)}"
    rows = tuple(sorted(map(int, moved)))
    # Sentences give each other context as claims; a stance is judged by its sentence alone.
    severity: Severity = "warning" if sheet.kind == "claims" else "note"
    return [Finding(severity, SCATTERED, rows, message, fixable=True)], frame


def _order(sheet: Sheet) -> pd.DataFrame:
    """Sort rows by document, in the order in which documents first appear, and sentence."""
    frame = sheet.frame
    names = frame["doc_id"].where(frame["doc_id"] != "", frame.index.astype(str) + "\n")
    order = pd.DataFrame({"row": frame.index, "at": range(len(frame)), "place": 0.0})
    order["document"] = pd.factorize(names)[0]
    if sheet.kind == "claims" and sheet.has("sentence_id"):
        numbers = frame["sentence_id"].map(_number).reset_index(drop=True)
        unnumbered = numbers.isna().groupby(order["document"]).transform("any")
        order["place"] = numbers.mask(unnumbered, 0.0)
    return order.sort_values(["document", "place"], kind="stable")


def _some(documents: Sequence[str]) -> str:
    more = len(documents) - MAX_SHOWN
    return ", ".join(documents[:MAX_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _number(sentence_id: str) -> float:
    if sentence_id == HEADLINE:
        return -1.0
    match = _NUMBERED.fullmatch(sentence_id)
    return float(match[1]) if match else float("nan")
