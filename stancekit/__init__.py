"""Claims, speakers and stances in news articles, sentence by sentence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stancekit.article import Article, Explanation
    from stancekit.classify.claims import ClaimClassifier
    from stancekit.classify.stances import StanceClassifier
    from stancekit.default import analyze
    from stancekit.doctor import examine
    from stancekit.errors import InputError, ModelError, StancekitError, TableError
    from stancekit.evaluation import evaluate
    from stancekit.model import Model
    from stancekit.store import load
    from stancekit.training import train

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ClaimClassifier",
    "Explanation",
    "InputError",
    "Model",
    "ModelError",
    "StanceClassifier",
    "StancekitError",
    "TableError",
    "__version__",
    "analyze",
    "evaluate",
    "examine",
    "load",
    "train",
]

_HOMES = {
    "Article": "article",
    "ClaimClassifier": "classify.claims",
    "Explanation": "article",
    "InputError": "errors",
    "Model": "model",
    "ModelError": "errors",
    "StanceClassifier": "classify.stances",
    "StancekitError": "errors",
    "TableError": "errors",
    "analyze": "default",
    "evaluate": "evaluation",
    "examine": "doctor",
    "load": "store",
    "train": "training",
}


def __getattr__(name: str) -> Any:
    # Importing on first use keeps `import stancekit` far below a second.
    if name not in _HOMES:
        raise AttributeError(f"module 'stancekit' has no attribute {name!r}")
    found = getattr(import_module(f"stancekit.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
