"""Packages that programs name in their PEP 723 headers."""

import re

import pytest
from byexample.pages.sources import Source

from .conftest import shown, transcript
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


def test_a_package_that_cannot_be_had_is_named_with_its_page_and_line(site):
    site.program(HEADER + "print('ran')\n", transcript("python program.py", "ran"))
    (said,) = site.pytest().failures
    assert said.startswith("docs/page.md:5: `python program.py`: CPython")
    assert "cannot have no-such-package-zzz==1, numpy" in said
    assert "tests/harness" not in said


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
