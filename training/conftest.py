"""What pytest leaves out where the extra ``train`` isn't installed."""

from importlib.util import find_spec

collect_ignore = (
    []
    if find_spec("torch")
    else [
        f"encoder/{name}.py"
        for name in ("batches", "distil", "large", "loop", "mixes", "network", "recipe")
    ]
)
