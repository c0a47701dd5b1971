"""Packages that programs name in their PEP 723 headers."""

import hashlib
import os
import re
import stat
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

import pytest
from byexample.pages.sources import Source

from .conftest import shown, transcript
from .harness import packages
from .harness.legs import Interpreter, interpreter
from .harness.packages import PINS
from .harness.run import commands_and_libraries

HEADER = """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "numpy",
#     "no-such-package-zzz==1",
# ]
# ///
"""


def test_a_header_names_packages():
    assert Source(HEADER + "print()\n").requirements == ("no-such-package-zzz==1", "numpy")


def test_without_a_header_nothing_is_installed():
    assert Source("# /// something\n# dependencies = ['x']\n# ///\n").requirements == ()


def test_a_package_that_no_list_pins_is_refused_with_page_and_program(site):
    site.program(HEADER + "print('ran')\n", transcript("python program.py", "ran"))
    (said,) = site.pytest().failures
    assert said.startswith("docs/page.md:5: `python program.py`: its header names `no-such-package-zzz==1`")
    assert "add it to pyproject.toml and make requirements-programs.txt or requirements-scale.txt" in said


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("six", "no list has its version and hashes"),
        ("numpy @ https://example.org/numpy.whl", "only a package's name, and a version if need be"),
        ("numpy[extra]", "only a package's name"),
        ("numpy; python_version > '3'", "only a package's name"),
        ("numpy<2", "and the lists have numpy==2."),
        ("-e .", "which is no package"),
    ],
)
def test_only_what_the_lists_pin_is_installed(asked, what):
    with pytest.raises(packages.PackageError, match=re.escape(f"`{asked}`")) as raised:
        packages.pinned((asked,))
    assert what in str(raised.value)


def test_a_package_is_asked_for_as_the_lists_have_it():
    (tqdm,) = packages.pinned(("tqdm>=4",))
    assert re.fullmatch(r"tqdm==[\d.]+", tqdm)
    assert [re.sub(r"==[\d.]+", "", each) for each in packages.pinned(("NumPy",))] == [
        'numpy; python_full_version < "3.12"',
        'numpy; python_full_version >= "3.12"',
    ]


# -- installing, from wheels made here


def wheel(folder: Path, name: str, tag: str) -> str:
    """A package with one module, as a wheel for this tag; its hash."""
    module, facts = f"{name}.py", f"{name}-1.0.dist-info"
    files = {
        module: f"TAG = {tag!r}\n",
        f"{facts}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{facts}/WHEEL": f"Wheel-Version: 1.0\nGenerator: here\nRoot-Is-Purelib: false\nTag: {tag}\n",
        f"{facts}/RECORD": "".join(f"{each},,\n" for each in (module, f"{facts}/METADATA", f"{facts}/WHEEL")),
    }
    path = folder / f"{name}-1.0-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def wheels(tmp_path, monkeypatch) -> Path:
    """An index of two packages in place of the real one: `small`, one wheel a build of Python, and `needed`."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    minor, platform = f"cp3{sys.version_info[1]}", re.sub(r"[-.]", "_", sysconfig.get_platform())
    hashes = [wheel(folder, "small", f"{minor}-{minor}{build}-{platform}") for build in ("", "t")]
    pins = tmp_path / "pins.txt"
    pins.write_text("small==1.0 \\\n" + " \\\n".join(f"    --hash=sha256:{each}" for each in hashes) + "\n", "utf-8")
    monkeypatch.setattr(packages, "PINS", (pins,))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    settings = {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(folder), "UV_CACHE_DIR": str(tmp_path / "cache")}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return folder


def installed(python: Interpreter) -> Path:
    packages.folder.cache_clear()  # as in the next run
    return Path(packages.folder(python, ("small",)))


def test_packages_are_installed_once_and_again_if_a_file_is_gone(wheels, monkeypatch):
    python = interpreter(sys.executable)
    folder = installed(python)
    assert "TAG" in (folder / "small.py").read_text()
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/small.cpython-311.pyc").write_bytes(b"")
    with monkeypatch.context() as patch:
        patch.setattr(packages, "install", lambda *_: pytest.fail("it was whole"))
        assert installed(python) == folder
    for name in ("small.py", packages.LIST):
        (folder / name).unlink()
        assert installed(python) == folder and (folder / name).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the temporary folder is the user's own there")
def test_packages_live_in_a_folder_that_nobody_else_can_fill(wheels):
    folder = installed(interpreter(sys.executable)).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.name.endswith(f"-{os.getuid()}")  # another user has another one
    folder.chmod(0o777)
    with pytest.raises(packages.PackageError, match=f"belong in {folder}, and others can open it: delete it"):
        installed(interpreter(sys.executable))


@pytest.mark.skipif(sys.platform == "win32", reason="the temporary folder is the user's own there")
def test_a_folder_that_somebody_else_made_is_not_used(wheels, tmp_path):
    own = packages.own_folder()
    own.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    for target in ("elsewhere", "nowhere"):
        own.symlink_to(tmp_path / target)
        with pytest.raises(packages.PackageError, match="and it is not yours: delete it, or set another TMPDIR"):
            packages.own_folder()
        own.unlink()


def test_a_wheel_with_another_hash_is_refused(wheels):
    for path in wheels.iterdir():
        path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(packages.PackageError, match=r"(?i)hash mismatch"):
        installed(interpreter(sys.executable))


def test_what_a_package_needs_must_be_listed_too(wheels):
    pins = packages.PINS[0]
    wheel(wheels, "needed", "py3-none-any")
    text = pins.read_text()
    for path in wheels.glob("small-*"):
        with zipfile.ZipFile(path) as old:
            files = {name: old.read(name) for name in old.namelist()}
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        with zipfile.ZipFile(path, "w") as new:
            for name, content in files.items():
                new.writestr(name, content + (b"Requires-Dist: needed\n" if name.endswith("METADATA") else b""))
        text = text.replace(before, hashlib.sha256(path.read_bytes()).hexdigest())
    pins.write_text(text)
    with pytest.raises(packages.PackageError, match="needed"):
        installed(interpreter(sys.executable))


FREE_THREADED = """
import sys, sysconfig
sysconfig.get_config_vars()["Py_GIL_DISABLED"] = 1
exec(sys.argv[sys.argv.index("-c") + 1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for a free-threaded Python")
def test_a_free_threaded_python_gets_its_own_wheels(wheels, tmp_path):
    """No such Python is needed: this one says that it is, to uv as well."""
    (tmp_path / "claim.py").write_text(FREE_THREADED)
    wrapper = tmp_path / "python"
    wrapper.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{tmp_path}/claim.py' \"$@\"\n")
    wrapper.chmod(0o755)
    python = interpreter(str(wrapper))
    assert python.place.free_threaded
    assert f"cp3{sys.version_info[1]}t-" in (installed(python) / "small.py").read_text()
    assert "t-" not in (installed(interpreter(sys.executable)) / "small.py").read_text()


def pinned(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def test_both_lists_have_the_same_version_of_what_they_share():
    first, second = (pinned(pins.read_text("utf-8")) for pins in PINS)
    assert first and second
    assert {name: first[name] for name in first.keys() & second.keys() if first[name] != second[name]} == {}


@pytest.mark.parametrize("pins", PINS, ids=lambda pins: pins.name)
def test_lists_have_hashes_and_no_address(pins):
    text = pins.read_text("utf-8")
    parts = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert "://" not in text
    assert parts and all("--hash=sha256:" in part for part in parts)


def test_commands_and_libraries_of_packages_are_found(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/before")
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    (tmp_path / "bin").mkdir()
    path = commands_and_libraries([str(tmp_path)])["PATH"]
    assert path.startswith(str(tmp_path / "bin")) and path.endswith("/before")
    assert "LD_LIBRARY_PATH" not in commands_and_libraries([str(tmp_path)])
    (tmp_path / "lib").mkdir()
    assert commands_and_libraries([str(tmp_path)])["LD_LIBRARY_PATH"] == str(tmp_path / "lib")
    assert commands_and_libraries([]) == {}


# -- packages that start processes in their own way


@pytest.mark.parametrize(
    "package, imports, starter",
    [
        ("joblib", "import joblib", "joblib"),
        ("ray==2", "from ray.util.multiprocessing import Pool", "ray"),
        ("mpi4py", "import mpi4py.futures", "mpi4py"),
        ("joblib", "import joblib, multiprocessing", None),
        ("joblib", "from concurrent.futures import ProcessPoolExecutor", None),
        ("numpy", "import numpy", None),
    ],
)
def test_what_starts_the_processes(package, imports, starter):
    assert Source(f"# /// script\n# dependencies = ['{package}']\n# ///\n{imports}\n").engine == starter


def test_a_program_of_such_a_package_runs_once_for_each_interpreter(site, monkeypatch):
    monkeypatch.setattr("tests.harness.evaluate.folder", lambda python, needed: str(site.root))
    site.program(
        "# /// script\n# dependencies = ['ray']\n# ///\nprint('ran')\n", transcript("python program.py", "ran")
    )
    outcome = site.pytest()
    (case,) = [case for case in outcome.cases.values() if case.properties]
    (leg,) = [value for name, value in case.properties if name == "leg"]
    assert '"start": "its own", "method": "ray"' in leg


# -- pages that run only when they are named


@pytest.fixture
def heavy(site):
    """A page as any other, and two that are set apart."""
    for name in ("docs/page.md", "docs/scale/one.md", "docs/scale/two.md"):
        program = name.replace("/", "_").replace(".md", ".py")
        site.write(f"snippets/{program}", "print('ran')\n")
        site.page(shown(program) + "\n" + transcript(f"python {program}", "ran"), name)
    return site


def ran(outcome) -> set[str]:
    return {value for case in outcome.cases.values() for name, value in case.properties if name == "page"}


@pytest.mark.parametrize(
    "arguments, pages",
    [
        (["docs"], {"docs/page.md"}),
        (["."], {"docs/page.md"}),
        (["docs/page.md"], {"docs/page.md"}),
        (["docs/scale"], {"docs/scale/one.md", "docs/scale/two.md"}),
        (["docs/scale/one.md"], {"docs/scale/one.md"}),
        (["docs/scale/one.md::line:5"], {"docs/scale/one.md"}),
        (["docs", "docs/scale/two.md"], {"docs/page.md", "docs/scale/two.md"}),
    ],
)
def test_pages_set_apart_run_when_they_are_named(heavy, arguments, pages):
    outcome = heavy.pytest(*arguments)
    assert outcome.status == 0, outcome.text
    assert ran(outcome) == pages


def test_workers_of_xdist_leave_them_out_too(heavy):
    with heavy.start("-n2", "docs") as process:
        text = process.communicate(timeout=120)[0]
    assert ran(heavy.outcome(process.returncode, text)) == {"docs/page.md"}
    assert "left out: one.md, two.md in docs/scale" in text


def test_the_summary_tells_what_was_left_out_and_how_to_run_it(heavy):
    told = "since they need heavy packages. To run them: pytest docs/scale --junit-xml=reports/scale.xml"
    assert f"left out: one.md, two.md in docs/scale, {told}" in heavy.pytest("docs").text
    assert f"left out: two.md in docs/scale, {told}" in heavy.pytest("docs", "docs/scale/one.md").text
    assert "left out" not in heavy.pytest("docs/page.md").text
    assert "left out" not in heavy.pytest("docs/scale").text
