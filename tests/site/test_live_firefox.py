"""Runs in the page in Firefox: the programs of the answers, two processes at the same time, Stop, and what a program cannot reach."""

import os

import pytest

from ..live import documents, open_page, ran_so_far, verdict, verdicts
from .firefox import OLDEST, Tab, found, launched
from .test_live import COMPUTE, DEADLOCK, MEET, NEVER_ENDING, PAGE, RESULT, START, reaches

# The other answers measure for long. In Chromium all are run.
ANSWERS = [path for path in documents() if path.stem in ("create-a-process", "four-processes", "what-is-multiprocessing")]
POOL = next(path for path in documents() if path.stem == "create-a-pool")
SAID = "document.querySelector('.live-status').textContent"


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    program = found()
    if program is None:
        message = f"no Firefox {OLDEST} or later found: install it (Debian: apt-get install firefox-esr)"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    with launched(program, tmp_path_factory.mktemp("firefox")) as session:
        yield session.tab()


def program(tab: Tab, source: str):
    """Runs this source, which ends by itself."""
    tab.evaluate(START, [source, []])
    return ran_so_far(tab.evaluate(RESULT) | {"running": False, "said": tab.evaluate(SAID)})


def test_every_program_prints_what_its_transcript_shows(tab, address):
    ran = [one for document in ANSWERS for one in verdicts(tab, address, document)]
    open_page(tab, address, POOL)
    ran.append(verdict(tab, POOL, "square_pool.py"))
    assert [f"{one.program}: {one.why}" for one in ran if one.outcome == "differs"] == []
    assert [one.outcome for one in ran].count("runs") > 15


def test_it_runs_blocks_stops_and_is_confined_as_in_chromium(tab, address, elsewhere):
    """One test, since whoever runs it has to start a Firefox for it."""
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

    assert program(tab, "try:\n    [bytearray(10**9) for _ in range(10)]\nexcept MemoryError:\n    print('MemoryError')\n").output == "MemoryError\n"
    assert program(tab, reaches(f"127.0.0.1:{elsewhere.server_port}")).output == "blocked\n" * 5
    assert elsewhere.visits == 0
    assert program(tab, OUT_OF_REACH).output == "[]\n"


OUT_OF_REACH = """
import js
names = ["indexedDB", "caches", "BroadcastChannel", "SharedWorker", "Worker", "localStorage", "cookieStore"]
print([name for name in names if hasattr(js, name)] + [name for name in ("storage", "locks", "serviceWorker") if hasattr(js.navigator, name)])
"""
