"""Moves scale from the inputs of matrix products into their weights, before both are rounded.

Inputs are rounded with one scale for the whole window, so a few channels that are twenty times
the others leave them few steps. Dividing each channel by a power of its largest value, and
multiplying its weights by the same, changes nothing but how well both can be rounded
(SmoothQuant, Xiao et al. 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from transformers import BertModel

Array: TypeAlias = NDArray[Any]
State: TypeAlias = Mapping[str, Array]

SHARE: Final = 0.7
"""How much of a channel's scale moves; measured: .5 and .9 give worse vectors."""

_LEAST: Final = 1e-5
_INPUTS: Final = {
    "attention": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attention.output.dense": ("attention.output.dense",),
    "intermediate.dense": ("intermediate.dense",),
    "output.dense": ("output.dense",),
}
"""Inputs of a layer -> the products that read each."""


def input_peaks(network: BertModel, windows: Iterable[Sequence[int]]) -> dict[str, Array]:
    """Find the largest absolute value of every channel of every product's input.

    Parameters
    ----------
    network
        In float32; it is put into evaluation mode.
    windows
        Ids as the encoder will read them: some thousand tokens of news are enough.

    Returns
    -------
    dict
        Name of a linear layer -> array of shape (n_channels,).
    """
    import torch

    peaks: dict[str, Array] = {}

    def note(name: str, inputs: Any) -> None:
        found = inputs[0].detach().abs().flatten(0, -2).amax(dim=0).numpy()
        peaks[name] = np.maximum(peaks.get(name, 0), found)

    def watch(name: str) -> Any:
        return lambda _, inputs: note(name, inputs)

    linear = [one for one in network.named_modules() if isinstance(one[1], torch.nn.Linear)]
    hooks = [module.register_forward_pre_hook(watch(name)) for name, module in linear]
    network.eval()
    with torch.no_grad():
        for ids in windows:
            network(torch.tensor([list(ids)]))
    for hook in hooks:
        hook.remove()
    return peaks


def balanced(
    state: State, peaks: Mapping[str, Array], n_layers: int
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Move scale from inputs into weights.

    Parameters
    ----------
    state
        Weights by the names of ``transformers.BertModel``.
    peaks
        See `input_peaks`.
    n_layers
        Of the network.

    Returns
    -------
    state, factors
        The new weights; and input -> what its channels are to be multiplied by beforehand.
        What attention gives needs no factor: its values are scaled instead.
    """
    new, factors = dict(state), {}
    for layer in range(n_layers):
        for place, products in _INPUTS.items():
            names = [f"encoder.layer.{layer}.{product}" for product in products]
            scales = _scales(peaks[names[0]], [new[f"{name}.weight"] for name in names])
            new |= {f"{name}.weight": new[f"{name}.weight"] * scales for name in names}
            if place == "attention.output.dense":
                value = f"encoder.layer.{layer}.attention.self.value"
                new[f"{value}.weight"] = new[f"{value}.weight"] / scales[:, None]
                new[f"{value}.bias"] = new[f"{value}.bias"] / scales
            else:
                factors[f"encoder.layer.{layer}.{place}"] = 1 / scales
    return new, factors


def _scales(peaks: Array, weights: Sequence[Array]) -> Array:
    """Share the scale of each channel between input and weights; 1 on (geometric) average."""
    of_weights = np.maximum(np.abs(np.concatenate(weights)).max(axis=0), _LEAST)
    logs = SHARE * np.log(np.maximum(peaks, _LEAST)) - (1 - SHARE) * np.log(of_weights)
    scales: Array = np.exp(logs - logs.mean()).astype(np.float32)
    return scales
