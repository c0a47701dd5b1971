"""What multiprocessing does in the page is what CPython does: the same programs, run by both, print the same."""

import re
import sys
from pathlib import Path

import pytest

from ..harness.legs import Interpreter, interpreter
from ..harness.run import run
from ..live import ran_so_far
from .test_live import GUARD, PAGE, RESULT, START, program

pytestmark = pytest.mark.thorough

PROGRAMS = sorted((Path(__file__).parent / "conformance").glob("*.py"))
NEWEST = {
    "event_loops",
    "executors",
    "logs",
    "queues",
    "tracebacks",
}  # other words, marks or order before 3.14, which is the page's Python
LIBRARY = (
    r'(File "(?:_base|connection|context|managers|pool|popen_\w+|process|queues|reduction|runpy|spawn)\.py", line) \d+'
)


@pytest.fixture(scope="module")
def native(request: pytest.FixtureRequest) -> Interpreter:
    """CPython 3.14 if --python names one, else the harness's own."""
    known = [interpreter(path) for path in request.config.getoption("--python") or []]
    return next((one for one in known if one.place.python.startswith("3.14.")), None) or interpreter(sys.executable)


@pytest.fixture(scope="module")
def page(browser, address):
    """One for all: Python is loaded once."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + PAGE)
    yield page
    context.close()


def plain(output: str) -> list[str]:
    """Without what differs between machines or patch releases: folders, addresses, line numbers of the library."""
    output = re.sub(r'File "[^"]*/([^/"]+)"', r'File "\1"', output)
    output = re.sub(LIBRARY, r"\1 ...", output)
    return re.sub(r"\b0x[0-9a-f]+", "0x...", output).splitlines()


def in_the_page(page, source: str, name: str):
    page.evaluate(START, [source, [], name])
    return ran_so_far(page.evaluate(RESULT) | {"running": False, "said": ""})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_it_prints_what_cpython_prints(page, native, path):
    if path.stem in NEWEST and not native.place.python.startswith("3.14."):
        pytest.skip(f"CPython {native.place.python} words it otherwise; --python can name a 3.14")
    source = path.read_text("utf-8")
    expected = run(native.path, [path.name], {path.name: source}, None, "spawn", 120)
    ran = in_the_page(page, source, path.name)
    assert plain(ran.output) == plain(expected.output.decode())
    assert ran.status == expected.status


def test_there_is_one_start_method_as_on_windows(page):
    source = "import multiprocessing\n\n" + GUARD
    source += "    print(multiprocessing.get_all_start_methods())\n"
    source += "    for ask in (multiprocessing.set_start_method, multiprocessing.get_context):\n"
    source += "        for method in ('fork', 'forkserver'):\n"
    source += (
        "            try:\n                ask(method)\n            except ValueError as error:\n"
        "                print(error)\n"
    )
    assert (
        program(page, source).output
        == "['spawn']\n" + "cannot find context for 'fork'\ncannot find context for 'forkserver'\n" * 2
    )
