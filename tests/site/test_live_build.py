"""Python for browsers: where it comes from, and what the site is without it."""

import json
import re
import shutil
import zipfile
from pathlib import Path

from byexample.run_buttons import buttons as run_buttons
from byexample.run_buttons import codemirror, pyodide

from .conftest import ROOT, build, without_notebooks

FOLDER = pyodide.address(ROOT)


def buttons(site: Path) -> list[str]:
    return re.findall(
        r" data-(?:run=|cannot=|imported)", site.joinpath("answers/create-a-process/index.html").read_text("utf-8")
    )


def test_the_site_has_python_for_browsers_with_its_licence(site):
    assert buttons(site)
    for name in pyodide.FILES:
        assert (site / FOLDER / name).stat().st_size > 10_000
    licence = (site / FOLDER / "LICENCE.txt").read_text("utf-8")
    assert "Mozilla Public License Version 2.0" in licence and "github.com/pyodide/pyodide" in licence
    assert pyodide.version(ROOT) in licence


def test_there_is_a_notice_of_each_library_that_python_for_browsers_is_linked_with(site):
    """Another Pyodide may be linked with another one: its name, and the file of pyodide.NOTICES, are to be added."""
    known = {
        "libs": {"bz2": "bzip2", "ffi": "libffi", "lzma": "xz", "sqlite3": "sqlite", "zstd": "zstd", "z": "zlib"},
        "archives": {"libmpdec": "cpython", "libexpat": "cpython"},
        "folders": {"_hacl": "hacl"},
    }
    notices = {file.stem for file in pyodide.NOTICES.iterdir()}
    assert notices >= {"emscripten", "musl", "llvm", "hiwire", "lz4"} | {
        each for of in known.values() for each in of.values()
    }
    with zipfile.ZipFile(site / FOLDER / "python_stdlib.zip") as library:
        (name,) = [name for name in library.namelist() if name.startswith("_sysconfigdata")]
        variables: dict[str, dict[str, str]] = {}
        exec(library.read(name), variables)  # a dictionary of strings and numbers
    linked = variables["build_time_vars"]
    found = set(re.findall(r"-l(\w+)", linked["MODLIBS"])) | set(re.findall(r"-sUSE_(\w)LIB", linked["MODLIBS"]))
    assert {each.lower() for each in found} <= known["libs"].keys() | {"m"}
    assert set(re.findall(r"(\w+)\.a\b", linked["MODLIBS"])) <= known["archives"].keys()
    vendored = set(re.findall(r"Modules/(_\w+)/[A-Z]", linked["MODOBJS"]))
    assert vendored <= known["folders"].keys()


def test_without_npm_there_are_no_buttons(copy):
    without_notebooks(copy)
    shutil.rmtree(copy / ".cache")
    done = build(copy / "out", root=copy, NPM=str(copy / "no-such-npm"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no Run buttons and no Edit" in done.stderr + done.stdout
    assert buttons(copy / "out") == []
    assert not (copy / "out" / FOLDER).exists() and not (copy / "out" / codemirror.ADDRESS).exists()
    done = build(copy / "out", root=copy, NPM=str(copy / "no-such-npm"), EVIDENCE="required")
    assert done.returncode != 0 and "this build has no Run buttons, and is to be published" in done.stderr


def test_a_run_is_told_to_be_of_the_python_that_pyodide_is(site):
    assert run_buttons.PLACE.python == json.loads((site / "assets/run/python.json").read_text("utf-8"))["version"]
