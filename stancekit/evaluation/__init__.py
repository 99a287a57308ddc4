"""How well a model labels: scores with intervals, slices, and one model against another."""

from stancekit.evaluation.evaluation import Evaluation
from stancekit.evaluation.run import evaluate

__all__ = ["Evaluation", "evaluate"]
