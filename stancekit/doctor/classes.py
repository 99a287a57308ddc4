"""Classes with too few examples to learn from."""

from __future__ import annotations

from collections.abc import Iterator

from stancekit.doctor.findings import Finding
from stancekit.doctor.sheet import Sheet
from stancekit.errors import plural

MIN_ROWS = 20
"""Fewest rows of a class that can be learned, by experience; so few only with luck."""

MIN_DOCUMENTS = 5
"""Fewest documents of a class, so that every fold of a cross-validation has some."""


def small_classes(sheet: Sheet) -> Iterator[Finding]:
    """Find classes with too few rows or documents, and tables without two classes."""
    if not sheet.has(sheet.label):
        return
    labels = sheet.labels()
    n_needed = 1 if sheet.kind == "claims" else 2
    if labels.nunique() < n_needed:
        found = ", ".join(map(repr, labels.unique())) or "no label at all"
        message = f"expected at least {n_needed} different; found {found}"
        yield Finding("error", "too few classes", (), message)
    for label in labels.unique():
        rows = labels.index[labels == label].unique()
        n_documents = (
            sheet.frame.loc[rows, "doc_id"].nunique() if sheet.has("doc_id") else len(rows)
        )
        if len(rows) < MIN_ROWS or n_documents < MIN_DOCUMENTS:
            message = (
                f"{label!r} has {plural(len(rows), 'row')} in {plural(n_documents, 'document')}; "
                f"expected at least {MIN_ROWS} in {MIN_DOCUMENTS}"
            )
            yield Finding("warning", "class too small", tuple(sorted(map(int, rows))), message)
