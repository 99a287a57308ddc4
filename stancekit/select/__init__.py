"""What to label next, and what more labels would bring."""

from stancekit.select.curve import learning_curve
from stancekit.select.queue import queue
from stancekit.select.settings import compare_settings

__all__ = ["compare_settings", "learning_curve", "queue"]
