"""Draw the picture of the README: ``python docs/picture.py``."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

import stancekit
from stancekit.cli.display import show_article

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "strait-talks.txt"
N_PARAGRAPHS = 8


def main() -> None:
    """Label the beginning of the sample article and save the table as a picture."""
    paragraphs = SAMPLE.read_text(encoding="utf-8").split("\n\n")[:N_PARAGRAPHS]
    article = stancekit.analyze("\n\n".join(paragraphs), date="2026-03-18")
    console = Console(record=True, width=112, file=io.StringIO(), force_terminal=True)
    show_article(console, SAMPLE.stem, article)
    picture = console.export_svg(title=f"stancekit label {SAMPLE.name}", unique_id="label")
    # The reader's own monospace font will do; nothing is fetched.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    (ROOT / "docs" / "label.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
