"""Runs in the page in Firefox and in WebKit: two processes at the same time, and Stop.

in_the_page.py runs the programs of all pages there.
"""

import pytest

from ..live import Ran, ran_so_far
from . import webkit
from .firefox import firefox
from .tab import Tab
from .test_live import COMPUTE, DEADLOCK, MEET, NEVER_ENDING, PAGE, RESULT, START

pytestmark = pytest.mark.thorough

SAID = "document.querySelector('.live-status').textContent"


@pytest.fixture(params=["Firefox", "WebKit"])
def tab(request, tmp_path_factory):
    if request.param == "WebKit" and webkit.found() is None:
        pytest.skip(webkit.MISSING)  # in CI too: the systems there have none, but .ci/run and a job of its own do
    started = webkit.webkit() if request.param == "WebKit" else firefox(tmp_path_factory.mktemp("firefox"))
    with started as session:
        yield session.tab()


def program(tab: Tab, source: str) -> Ran:
    """Runs this source, which ends by itself."""
    tab.evaluate(START, [source, []])
    ran = ran_so_far(tab.evaluate(RESULT) | {"running": False, "said": tab.evaluate(SAID)})
    assert ran.said.startswith("Ended"), ran
    return ran


@pytest.mark.longest
def test_it_runs_blocks_and_stops_as_in_chromium(tab, address):
    """One test, since whoever runs it has to start a browser for it."""
    tab.goto(address + PAGE)
    assert program(tab, MEET).output == "True\nTrue\n[0, 0]\n"
    assert program(tab, COMPUTE).output == "both ended\n"

    for source in NEVER_ENDING.values():
        tab.evaluate(START, [source, []])
        tab.wait_for_function("() => window.result().stdout.includes('begun')")
        tab.evaluate("() => { window.stop(); }")
        assert tab.evaluate(RESULT)["status"] == -15
        assert tab.evaluate(SAID).startswith("Stopped")

    tab.evaluate(START, [DEADLOCK, []])
    tab.wait_for_function(f"() => {SAID}.startsWith('A deadlock')")
    assert "Process-1 waits in Lock.acquire (parent has it), line 4" in tab.evaluate(SAID)
    tab.evaluate("() => { window.stop(); }")

    assert (
        program(
            tab, "try:\n    [bytearray(10**9) for _ in range(10)]\nexcept MemoryError:\n    print('MemoryError')\n"
        ).output
        == "MemoryError\n"
    )
