"""The model card, ``README.md``: what a saved model is, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from stancekit.saved.heads import CLAIMS, HEADS, HeadKind
from stancekit.saved.manifest import Manifest

_INTERVAL = ("low", "high")
_MEASURED = ("metric", "value", *_INTERVAL)


def render_card(manifest: Manifest) -> str:
    """Write the model card.

    Parameters
    ----------
    manifest
        Of the model; its files need not be known yet.

    Returns
    -------
    str
        Markdown: what the model tells, its training data, scores and limits; a part that
        the model says nothing about is left out.
    """
    parts = (_title, _labels, _data, _scores, _limits, _use)
    return "\n\n".join(text for part in parts if (text := part(manifest))) + "\n"


def _title(manifest: Manifest) -> str:
    return f"# {manifest.name}\n\n{manifest.description}".rstrip()


def _labels(manifest: Manifest) -> str:
    rows = [
        {
            "label": label,
            "of": head.labels_what,
            "given from probability": _least(manifest, head, label),
        }
        for head in HEADS
        for label in manifest.labels.get(head.name, ())
    ]
    return f"## Labels\n\n{_table(rows)}"


def _least(manifest: Manifest, head: HeadKind, label: str) -> float | str:
    return manifest.thresholds[label] if head is CLAIMS else "the highest"


def _data(manifest: Manifest) -> str:
    rows = [
        {key: cell[:12] if key == "sha256" else cell for key, cell in record.items()}
        for record in manifest.data
    ]
    sources = manifest.more.get("sources", ())
    tables = [_table(found) for found in (sources, rows) if found]
    return "\n\n".join(["## Training data", *tables]) if tables else ""


def _scores(manifest: Manifest) -> str:
    if not manifest.scores:
        return ""
    has_interval = any(set(_INTERVAL) <= set(record) for record in manifest.scores)
    note = "\n\nIn brackets: the bootstrap interval." if has_interval else ""
    command = manifest.more.get("scores_command")
    again = f"\n\nMade again by `{command}`." if command else ""
    return f"## Scores\n\n{_table(_by_metric(manifest.scores))}{note}{again}"


def _limits(manifest: Manifest) -> str:
    lines = "\n".join(f"- {' '.join(limit.split())}" for limit in manifest.limits)
    return f"## Limits\n\n{lines}" if lines else ""


def _use(manifest: Manifest) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in manifest.libraries.items())
    return (
        "## Use\n\n"
        '```python\nimport stancekit\n\nmodel = stancekit.load("PATH OF THIS FOLDER")\n```\n\n'
        f"Saved by stancekit {manifest.stancekit} with {versions}, as format {manifest.format}. "
        "The files are checked against `manifest.json` when they are loaded and nothing is "
        "unpickled, which is more secure than a pickle; the checks tell damage, not who made "
        "the model."
    )


def _by_metric(scores: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Put the metrics of one label side by side."""
    rows: dict[str, dict[str, Any]] = {}
    for score in scores:
        about = {key: cell for key, cell in score.items() if key not in _MEASURED}
        metric = _cell(score.get("metric", "value"))
        rows.setdefault(repr(about), about)[metric] = _with_interval(score)
    return list(rows.values())


def _with_interval(score: Mapping[str, Any]) -> str:
    value, low, high = (_cell(score.get(key)) for key in ("value", *_INTERVAL))
    return f"{value} [{low}, {high}]" if low and high else value


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return "\n".join(_lines(columns, rows))


def _lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from (_line([row.get(column) for column in columns]) for row in rows)


def _line(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:.0f}" if value.is_integer() and value > 1 else f"{value:.3f}"
        case list() | tuple():
            return ", ".join(map(_cell, value))
    return " ".join(str(value).split()).replace("|", "\\|")
