"""What the site publishes of Pyodide and of our own layer, and what stands for both in reports."""

import json
import re
import shutil
from pathlib import Path

import pytest
from byexample.run_buttons import packages, pyodide

ROOT = Path(__file__).parents[2]
PYTHON_LOCK = {"info": {"python": "3.14.2"}, "packages": {"numpy": {}}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Our own files, with a small Pyodide."""
    shutil.copytree(ROOT / pyodide.RUNTIME, tmp_path / pyodide.RUNTIME)
    folder = packages.folder(tmp_path) / "pyodide"
    folder.mkdir(parents=True)
    for name in pyodide.FILES:
        (folder / name).write_bytes(name.encode())
    (folder / "pyodide-lock.json").write_text(json.dumps(PYTHON_LOCK), "utf-8")
    return tmp_path


def test_pyodide_is_published_with_its_licence(root, tmp_path):
    site = tmp_path / "site"
    (site / "assets/run").mkdir(parents=True)
    pyodide.publish(root, site)
    folder = site / f"assets/pyodide-{pyodide.version(ROOT)}"
    assert {file.name for file in folder.iterdir()} == {*pyodide.FILES, "LICENCE.txt", "NOTICES.txt"}
    assert all((folder / name).read_bytes() == name.encode() for name in pyodide.FILES)
    licence = (folder / "LICENCE.txt").read_text("utf-8")
    assert f"under the tag {pyodide.version(ROOT)}." in licence and "Mozilla Public License Version 2.0" in licence


def test_the_notices_name_each_part_with_its_source_and_licence():
    text = pyodide.notices()
    parts = [part.strip() for part in text.split("=" * 100)]
    assert parts[0].startswith("CPython and its standard library")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in parts[0] and "libmpdec" in parts[0]
    for part in parts:
        assert re.match(r".+\nSource: https://\S+\n\n.+", part), part[:200]
    assert len(parts) == len(list(pyodide.NOTICES.iterdir()))


def test_the_page_knows_what_it_loads(root):
    facts = pyodide.facts(root)
    assert facts.keys() == {"pyodide", "version", "key", "sizes", "lock", "python"}
    assert facts["pyodide"] == f"../../assets/pyodide-{pyodide.version(ROOT)}/"
    assert facts["version"] == "3.14.2"
    assert facts["sizes"] == {name: len(name) for name in pyodide.FILES}
    assert json.loads(facts["lock"]) == {"info": {"python": "3.14.2"}, "packages": {}}
    assert "multiprocessing_workers/kernel.py" in facts["python"]


@pytest.mark.parametrize(
    "file, layer, image",
    [
        ("kernel.js", True, False),
        ("worker.js", True, True),
        ("allowed.js", True, True),
        ("python/multiprocessing_workers/kernel.py", True, True),
        ("edit.css", False, False),
    ],
)
def test_what_a_change_makes_stale(root, file, layer, image):
    """`layer` is in reports, `key` names images of the interpreter's memory that a browser keeps."""
    layer_before, key_before = pyodide.layer(root), pyodide.facts(root)["key"]
    with (root / pyodide.RUNTIME / file).open("a", encoding="utf-8") as text:
        text.write("\n")
    assert (pyodide.layer(root) != layer_before) == layer
    assert (pyodide.facts(root)["key"] != key_before) == image


def test_another_pyodide_makes_both_stale(root):
    layer_before, key_before = pyodide.layer(root), pyodide.facts(root)["key"]
    installed, lock = packages.folder(root), root / packages.LOCK
    lock.write_text(
        lock.read_text("utf-8").replace(f'"version": "{pyodide.version(root)}"', '"version": "999.0.0"'), "utf-8"
    )
    installed.rename(packages.folder(root))
    assert pyodide.version(root) == "999.0.0"
    assert pyodide.layer(root) != layer_before and pyodide.facts(root)["key"] != key_before
