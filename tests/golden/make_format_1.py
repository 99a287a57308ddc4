"""Make ``tests/golden/format-1``, a saved model of format 1.

    python tests/golden/make_format_1.py

It was made once and stays as it is: what this version reads, later versions must read too.
See the steps for raising the format number in ``stancekit/saved/manifest.py``.
"""

from __future__ import annotations

from pathlib import Path

from stancekit.fit import fit_model
from stancekit.store import save
from stancekit.tables import CLAIMS, STANCES_TABLE, read_table

HERE = Path(__file__).parent


def main() -> None:
    """Train on the invented rows beside this file and save.

    The stance head starts from another one, so that every type that a head may hold occurs.
    """
    claims = read_table(HERE / "claims.csv", CLAIMS)
    stances = read_table(HERE / "stances.csv", STANCES_TABLE)
    first = fit_model(claims=claims, stances=stances, name="first")
    model = fit_model(stances=stances, base=first, name="golden")
    model.about |= {
        "description": "A toy for tests, trained on a few invented sentences.",
        "scores": [{"task": "claims", "metric": "made up", "value": 0.5, "low": 0.4, "high": 0.6}],
        "limits": ["Knows next to nothing."],
    }
    save(model, HERE / "format-1", overwrite=True)


if __name__ == "__main__":
    main()
