"""What docs/architecture.md promises: where each module is, which way imports go, no state, short modules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from byexample.pages.sources import imported_modules

from . import ROOT

HOOKS, HARNESS = ROOT / "docs/hooks", ROOT / "tests/harness"
LAYER = ROOT / "docs/assets/run/python"  # what a Run in the page imports
LINES = 330
BYEXAMPLE = HOOKS / "byexample"
# What the modules of a folder may import of ours. A module is judged by the first folder that holds it.
MAY_IMPORT = {
    BYEXAMPLE / "pages": ["byexample.pages"],
    BYEXAMPLE / "evidence": ["byexample.evidence", "byexample.pages", "byexample.urls"],
    BYEXAMPLE / "run_buttons": ["byexample.run_buttons", "byexample.pages"],
    BYEXAMPLE / "figures": [f"byexample.{name}" for name in ("figures", "run_buttons", "evidence", "pages", "urls")],
    BYEXAMPLE / "copies": [f"byexample.{name}" for name in ("copies", "figures", "pages", "urls")],
    HOOKS: ["byexample"],
    LAYER: ["multiprocessing_workers"],
    ROOT / "docs": [],
    HARNESS: [
        "tests.harness",
        *(f"byexample.{name}" for name in ("pages", "evidence.report", "evidence.schema", "evidence.kept", "git")),
    ],
}
OURS = ("byexample", "tests", "multiprocessing_workers")
HOSTS = ("mkdocs", "material", "pytest", "sybil")  # byexample runs without them
MODULES = [path for folder in (ROOT / "docs", HARNESS) for path in sorted(folder.rglob("*.py"))]


def imports(path: Path, source: str) -> Iterator[str]:
    """The full names that a module imports; of a module and a name in it, the name."""
    base = next(folder for folder in (HOOKS, LAYER, ROOT) if path.is_relative_to(folder))
    package = ".".join(path.parent.relative_to(base).parts)
    names = imported_modules(ast.walk(ast.parse(source)), package)
    return (name for name in names if not any(other.startswith(f"{name}.") for other in names))


def wrong_way(path: Path, source: str) -> list[str]:
    """What a module imports against the direction, as `PATH: NAME`."""
    folder = next(each for each in MAY_IMPORT if path.is_relative_to(each))
    watched = OURS + (HOSTS if path.is_relative_to(BYEXAMPLE) else ())
    return [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for name in sorted(imports(path, source))
        if name.split(".")[0] in watched
        and not any(f"{name}.".startswith(f"{allowed}.") for allowed in MAY_IMPORT[folder])
    ]


def test_imports_go_in_one_direction():
    assert [fault for path in MODULES for fault in wrong_way(path, path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("docs/hooks/byexample/pages/reader.py", "from ..evidence import report", "byexample.evidence.report"),
        ("docs/hooks/byexample/evidence/report.py", "from ..figures.view import PageView", "byexample.figures.view"),
        ("docs/hooks/byexample/build.py", "def late():\n    import mkdocs.structure", "mkdocs.structure"),
        ("docs/hooks/hooks.py", "from tests import ROOT", "tests.ROOT"),
        ("docs/lab/pickling.py", "import tests.harness", "tests.harness"),
        ("docs/assets/run/python/multiprocessing_workers/waits.py", "import byexample.pages", "byexample.pages"),
        ("tests/harness/run.py", "from byexample.evidence import tables", "byexample.evidence.tables"),
        ("tests/harness/run.py", "from .. import live", "tests.live"),
    ],
)
def test_an_import_against_the_direction_is_found(name, source, found):
    assert [fault.startswith(f"{name}: {found}") for fault in wrong_way(ROOT / name, source)] == [True]


def test_modules_keep_no_state_and_are_short():
    empty = ("{}", "[]", "set()", "dict()", "list()")  # a name for one at the top of a module is there to be filled
    faults = []
    for path in (path for path in MODULES if path.is_relative_to(BYEXAMPLE) or path.parent == HARNESS):
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        values = [node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
        state = [value for value in values if ast.unparse(value) in empty]
        state += [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
        faults += [f"{path}:{node.lineno}: state of a module" for node in state]
        faults += [f"{path}: {len(source.splitlines())} lines"] * (len(source.splitlines()) > LINES)
    assert faults == []


def test_the_map_names_every_file_and_nothing_else():
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    files = [path for path in [*MODULES, *(ROOT / "docs/assets").rglob("*.*s")] if path.parent.name != "lab"]
    assert [path for path in files if f"{path.name}`" not in text and path.read_text("utf-8").count("\n") > 2] == []
    there = [path.as_posix() for folder in ("docs", "tests") for path in (ROOT / folder).rglob("*.*")]
    names = re.findall(r"`([\w./-]+\.(?:py|js|css))`", text)
    assert [name for name in names if not any(path.endswith(f"/{name}") for path in there)] == []
