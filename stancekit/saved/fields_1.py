"""The fields of ``manifest.json`` in format 1, which stancekit 0.1 began with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stancekit.errors import ModelError
from stancekit.saved.fields import (
    CARD,
    COMMON,
    NAMES,
    check_files,
    check_rules,
    check_thresholds,
    fault,
)

_HEADS: Final = {"claims": "claim_labels", "stances": "stance_labels"}
_FILES: Final = (CARD, "claims.skops", "stances.skops")
_RULES: Final = {**COMMON, **dict.fromkeys(_HEADS.values(), NAMES)}


def check_fields_1(fields: Mapping[str, Any], source: str) -> None:
    """Refuse fields that aren't those of format 1, see `stancekit.saved.fields.check_fields`."""
    check_rules(fields, _RULES, source)
    check_files(fields["files"], _FILES, source)
    if not any(fields[key] for key in _HEADS.values()):
        raise fault(source, ", ".join(_HEADS.values()), "the labels of a head", [])
    for head, key in _HEADS.items():
        has_file = f"{head}.skops" in fields["files"]
        if fields[key] and not has_file:
            raise ModelError(f"{source}: files: missing head {head}.skops, which tells the {key}")
        if has_file and not fields[key]:
            raise fault(source, key, f"the labels of {head}.skops", [])
    check_thresholds(fields["thresholds"], fields["claim_labels"], source)


def from_format_1(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Turn checked fields of format 1 into those of format 2.

    Examples
    --------
    >>> from_format_1({"format": 1, "claim_labels": ["prediction"], "stance_labels": []})
    {'format': 2, 'labels': {'claims': ['prediction']}}
    """
    kept = {key: value for key, value in fields.items() if key not in _HEADS.values()}
    labels = {head: fields[key] for head, key in _HEADS.items() if fields[key]}
    return {**kept, "format": 2, "labels": labels}
