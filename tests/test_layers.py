"""The rooms of the house, and the one way in which they import each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stancekit

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 320

FLOORS = (
    ("labels", "errors"),
    ("records", "progress", "schemas", "furniture", "language", "splitter", "workers"),
    ("network",),
    ("article", "tables", "text"),
    ("encoder",),
    ("tagging",),
    ("actors",),
    ("quotes",),
    ("parse",),
    ("features",),
    ("classify",),
    ("results", "relating"),
    ("batch", "labelling", "explain", "saved"),
    ("model",),
    ("fit",),
    ("store",),
    ("default", "training"),
    ("evaluation", "doctor", "select", "interchange", "report", "scale", "check"),
    ("retrain",),
    ("cli",),
)
"""Rooms of stancekit from bottom to top: each may import only those of the floors below."""

RANK = {room: rank for rank, floor in enumerate(FLOORS) for room in floor}

SOURCES = [*sorted((ROOT / "stancekit").rglob("*.py")), *sorted((ROOT / "training").rglob("*.py"))]


class Imports(ast.NodeVisitor):
    """Gathers the imports that run, wherever they are: not those for type checkers alone."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Import(self, node: ast.Import) -> None:
        self.found += [(node.lineno, alias.name) for alias in node.names]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        home = "." * node.level + (node.module or "")
        if home in {"stancekit", "training"}:
            self.found += [(node.lineno, f"{home}.{alias.name}") for alias in node.names]
        else:
            self.found.append((node.lineno, home))

    def visit_If(self, node: ast.If) -> None:
        is_for_types = ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        for child in node.orelse if is_for_types else [*node.body, *node.orelse]:
            self.visit(child)


def imports(code: str) -> list[tuple[int, str]]:
    visitor = Imports()
    visitor.visit(ast.parse(code))
    return visitor.found


def room_of(module: str) -> str:
    """Name the room of a module of stancekit: ``stancekit.actors.roster`` is in ``actors``."""
    return module.split(".")[1]


def faults(module: str, code: str) -> Iterator[str]:
    """Say which imports of a module go back, or where no room is known."""
    for line, target in imports(code):
        where = f"{module}, line {line}: imports {target}"
        if target.startswith("."):
            yield f"{where}; write the whole name"
        elif target.split(".")[0] == "training" and module.startswith("stancekit"):
            yield f"{where}; stancekit never imports training"
        elif target.split(".")[0] == "stancekit" and module.startswith("stancekit"):
            yield from (f"{where}; {fault}" for fault in _arrow(module, target))


def _arrow(module: str, target: str) -> Iterator[str]:
    if module == "stancekit":
        yield "the package's own file imports nothing until it is asked"
    elif target.count(".") == 0:
        yield "import from the room that has it"
    elif room_of(target) not in RANK:
        yield f"no room {room_of(target)!r}: import from its room, or place a new room in FLOORS"
    elif room_of(target) != room_of(module) and RANK[room_of(target)] >= _rank(module):
        yield f"{room_of(module)} is not above {room_of(target)} in FLOORS"


def _rank(module: str) -> int:
    # A room that is not placed yet fails the test of its own.
    return RANK.get(room_of(module), len(FLOORS))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    assert list(faults(module_of(path), path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


def test_every_room_is_placed() -> None:
    folder = ROOT / "stancekit"
    rooms = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    rooms |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert sorted(rooms - set(RANK)) == [], "place every new room in FLOORS"


def test_no_room_hides_a_public_name() -> None:
    # Importing a module sets it on the package, over the function of that name.
    assert set(stancekit.__all__) & set(RANK) == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"util", "utils", "helper", "helpers", "misc", "common"}
    assert [name_of(path) for path in SOURCES if drawers & set(module_of(path).split("."))] == []


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.is_relative_to(ROOT / "stancekit")], ids=name_of
)
def test_no_print_and_no_assert(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not isinstance(node, ast.Assert), f"line {node.lineno}: raise an error instead"
        if isinstance(node, ast.Name):
            assert node.id != "print", f"line {node.lineno}: return it or raise it instead"


# The guard itself


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("stancekit.text", "from stancekit.records import Span"),
        ("stancekit.actors.finder", "from stancekit.actors.roster import Roster"),
        ("stancekit.actors.finder", "from stancekit import text"),
        ("stancekit.cli.app", "def run():\n    from stancekit.store import load"),
        ("stancekit.text", "if TYPE_CHECKING:\n    from stancekit.model import Model"),
        ("stancekit.text", "if typing.TYPE_CHECKING:\n    import stancekit.model"),
        ("training.build", "import stancekit\nfrom training.roster import build"),
        ("stancekit.text", "import re\nimport stancekitlike"),
    ],
)
def test_good_imports(module: str, code: str) -> None:
    assert list(faults(module, code)) == []


@pytest.mark.parametrize(
    ("module", "code", "fault"),
    [
        ("stancekit.text", "from stancekit.model import Model", "text is not above model"),
        ("stancekit.text", "import stancekit.model", "text is not above model"),
        ("stancekit.text", "from stancekit import model", "text is not above model"),
        ("stancekit.errors", "import stancekit.labels", "errors is not above labels"),
        ("stancekit.doctor.examine", "import stancekit.select", "doctor is not above select"),
        (
            "stancekit.text",
            "def f():\n    import stancekit.cli",
            "line 2: .* text is not above cli",
        ),
        ("stancekit.text", "class A:\n    import stancekit.cli", "text is not above cli"),
        ("stancekit.text", "if TYPE_CHECKING:\n    pass\nelse:\n    import stancekit.cli", "above"),
        ("stancekit.text", "try:\n    import stancekit.cli\nexcept OSError:\n    pass", "above"),
        ("stancekit.cli.app", "from stancekit import analyze", "no room 'analyze'"),
        ("stancekit.cli.app", "import stancekit", "import from the room that has it"),
        ("stancekit.cli.app", "import stancekit.attic", "no room 'attic': .* in FLOORS"),
        ("stancekit.cli.app", "from .rows import rows", "write the whole name"),
        ("stancekit.cli.app", "import training.roster", "never imports training"),
        ("stancekit.cli.app", "from training import roster", "never imports training"),
        ("stancekit", "from stancekit.model import Model", "nothing until it is asked"),
    ],
)
def test_bad_imports(module: str, code: str, fault: str) -> None:
    (found,) = faults(module, code)
    assert re.search(fault, found)
