"""Whether this processor's fast int8 products are exact."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

PROBE: Final = bytes.fromhex(
    "08083a620a180a01610a0162120179220d4d61744d756c496e74656765721201705a150a0161"
    "12100a0e0802120a0a0312016d0a0312016b5a150a016212100a0e0803120a0a0312016b0a03"
    "12016e62150a017912100a0e0806120a0a0312016d0a0312016e42040a001011"
)
"""An ONNX graph: ``y`` (m, n) is the product of ``a`` uint8 (m, k) and ``b`` int8 (k, n)."""

_ROWS, _INNER, _COLUMNS = 4, 64, 32
_LARGEST: Final = (255, 127)


@cache
def products_overflow() -> bool:
    """Say whether products of uint8 and int8 go wrong when they are large.

    x86 processors without VNNI add two products in 16 bits, where large ones saturate
    (onnxruntime #5849). Asking the runtime to avoid this makes any processor nearly half as
    fast, so it is asked only where a small product comes out wrong.

    Returns
    -------
    bool
        The same for all calls in a process.

    Examples
    --------
    >>> products_overflow() in (True, False)
    True
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(PROBE, options, providers=["CPUExecutionProvider"])
    first, second = _LARGEST
    feed = {
        "a": np.full((_ROWS, _INNER), first, dtype=np.uint8),
        "b": np.full((_INNER, _COLUMNS), second, dtype=np.int8),
    }
    return bool(np.any(session.run(None, feed)[0] != _INNER * first * second))
