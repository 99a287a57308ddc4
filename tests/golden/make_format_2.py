"""Make ``tests/golden/format-2``, a saved model of format 2: with an encoder.

    python tests/golden/make_format_2.py

See the steps for raising the format number in ``stancekit/saved/manifest.py``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stancekit.encoder import GRAPH_FILE, TOKENIZER_FILE, Encoder
from stancekit.fit import fit_model
from stancekit.store import save
from stancekit.tables import CLAIMS, STANCES_TABLE, read_table

HERE = Path(__file__).parent
TEXTS = ["Exports may fall next year, analysts expect.", "Crowds gathered in the square."]
ENCODER = HERE.parent / "encoder" / "data"


def main() -> None:
    """Train on the invented rows beside this file with a tiny encoder, and save.

    ``format-2.json`` keeps what the model says.
    """
    files = [(ENCODER / name).read_bytes() for name in (GRAPH_FILE, TOKENIZER_FILE)]
    model = fit_model(
        claims=read_table(HERE / "claims.csv", CLAIMS),
        stances=read_table(HERE / "stances.csv", STANCES_TABLE),
        encoder=Encoder(*files),
        name="golden",
    )
    model.about |= {
        "description": "A toy for tests, trained on a few invented sentences.",
        "limits": ["Knows next to nothing."],
    }
    save(model, HERE / "format-2", overwrite=True)
    said = model.label_claims(pd.DataFrame({"text": TEXTS}))[list(model.claim_labels)]
    (HERE / "format-2.json").write_text(said.assign(text=TEXTS).to_json(orient="records", indent=1))


if __name__ == "__main__":
    main()
