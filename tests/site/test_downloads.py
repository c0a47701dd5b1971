"""What readers take along: all programs as one archive, and the notebooks with what they import."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from byexample.copies import archive as packing
from byexample.copies import notebook as notebooks
from byexample.pages.sources import Source
from nbclient import NotebookClient

from .conftest import ADDRESS, ROOT

SNIPPETS = ROOT / "snippets"
PROGRAMS = sorted(SNIPPETS.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "docs/lab").glob("*.py"))
FOLDER = "multiprocessing-by-example"


def test_the_archive_holds_every_program_in_its_folder(site):
    with zipfile.ZipFile(site / "programs.zip") as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    wanted = {f"{FOLDER}/{path.relative_to(SNIPPETS).as_posix()}": path.read_bytes() for path in PROGRAMS}
    assert held == wanted | {f"{FOLDER}/LICENSE": (ROOT / "LICENSE").read_bytes()}


def test_the_archive_is_the_same_for_the_same_programs(site, tmp_path):
    for path in PROGRAMS:
        place = tmp_path / path.relative_to(SNIPPETS)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        os.utime(place, (1e9, 1e9))
    again = packing.pack(reversed(sorted(tmp_path.rglob("*.py"))), tmp_path, ROOT / "LICENSE")
    assert again == (site / "programs.zip").read_bytes()


def test_every_program_finds_its_neighbours_in_the_unpacked_archive():
    """A program may import another one only from its own folder, which is what Python puts on the path."""
    named = {path.stem: path for path in PROGRAMS if path.parent.parent == SNIPPETS}
    for program in PROGRAMS:
        for name in Source(program.read_text("utf-8")).imports():
            if name in named and name not in sys.stdlib_module_names:
                assert named[name].parent == program.parent, f"{program} imports {name} from another folder"


def test_a_program_in_a_package_runs_from_the_unpacked_archive(site, tmp_path):
    zipfile.ZipFile(site / "programs.zip").extractall(tmp_path)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-m", "mended_package"],
        cwd=tmp_path / FOLDER / "answers",
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0 and done.stdout, done.stderr


@pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_can_be_downloaded_with_what_it_imports(site, source):
    page = site / f"lab/{source.stem}/index.html"
    links = [
        link["href"] for link in BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".downloads a[download]")
    ]
    files = [(page.parent / link).resolve() for link in links]
    assert all(file.is_file() for file in files)
    assert files[0] == (site / f"programs/lab/{source.stem}.ipynb").resolve()
    needed = {name for name in Source(source.read_text("utf-8")).imports() if name in {path.stem for path in PROGRAMS}}
    assert needed <= {file.stem for file in files[1:]}


@pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_as_it_was_written(site, source):
    text = (site / f"programs/lab/{source.stem}.ipynb").read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == sum(
        line.startswith("# %%") and "[" not in line.split("tags=")[0] for line in source.read_text("utf-8").splitlines()
    )
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert ".md)" not in text and ADDRESS in text, "a link that leads nowhere from a reader's folder"
    assert "description:" not in text, "front matter is not for readers"
    assert [cell["id"] for cell in json.loads(text)["cells"]] == [
        f"cell-{number}" for number in range(len(notebook.cells))
    ]


def test_a_downloaded_notebook_runs_beside_what_it_imports(site, tmp_path, monkeypatch):
    page = site / "lab/multiprocessing-in-a-notebook/index.html"
    for link in BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".downloads a[download]"):
        shutil.copy(page.parent / link["href"], tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    notebook = nbformat.read(tmp_path / "multiprocessing-in-a-notebook.ipynb", as_version=4)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    printed = [output.get("text", "") for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("Number from process: 4" in text for text in printed)


def test_a_notebook_built_without_an_address_has_no_links_to_the_site():
    class Files(list):
        def get_file_from_path(self, uri):
            return next((file for file in self if file.src_uri == uri), None)

    class File:
        def __init__(self, uri, path):
            self.src_uri, self.abs_src_path, self.url, self.name = (
                uri,
                str(path),
                uri.replace(".md", "/"),
                Path(uri).stem,
            )

    source = (
        NOTEBOOKS[-1]
        if NOTEBOOKS[-1].stem == "multiprocessing-in-a-notebook"
        else ROOT / "docs/lab/multiprocessing-in-a-notebook.py"
    )
    here = File("lab/multiprocessing-in-a-notebook.py", source)
    pages = [File(path.relative_to(ROOT / "docs").as_posix(), path) for path in (ROOT / "docs").rglob("*.md")]
    programs = [File(f"programs/answers/{path.name}", path) for path in (SNIPPETS / "answers").glob("*.py")]
    text = notebooks.written(here, Files([here, *pages, *programs]), "")
    assert "](../" not in text and "answers/" not in text
    assert "the pool program" in text and "square_pool.py" in text
    assert nbformat.read(io.StringIO(text), as_version=4).cells
