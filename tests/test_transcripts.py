"""Comparing what a transcript shows with what came out."""

import json
import multiprocessing
import string
import sys
from pathlib import Path

import pytest
from byexample.pages.attributes import Attributes
from byexample.pages.files import pages
from byexample.pages.reader import read
from byexample.pages.sources import Source

from .conftest import REPOSITORY, shown, transcript
from .harness import run
from .harness.compare import elide, matches
from .harness.evaluate import run_leg
from .harness.legs import interpreter, legs

TRANSCRIPTS = [
    pytest.param(example, id=f"{path.relative_to(REPOSITORY).as_posix()}:{example.fence.line}")
    for path in pages(REPOSITORY)
    for example in read(path, REPOSITORY).transcripts
    if example.output
]


@pytest.mark.parametrize("example", TRANSCRIPTS)
def test_a_letter_or_digit_that_is_changed_anywhere_no_longer_matches(example):
    """The transcript with its elisions filled is taken as output; then each of its characters is changed in turn."""
    any_order = example.attributes.any_order
    output = [line.replace("...", "") for line in example.output if line != "..."]
    assert matches(example.output, output, any_order)
    for number, line in enumerate(example.output):
        for at, character in enumerate(line):
            if character in string.ascii_letters + string.digits:
                other = "7" if character != "7" else "3"
                changed = [*example.output]
                changed[number] = line[:at] + other + line[at + 1 :]
                assert not matches(changed, output, any_order), changed[number]


@pytest.mark.parametrize(
    "expected, actual, any_order, same",
    [
        (["a"], ["a"], False, True),
        (["a"], ["a "], False, False),
        (["a"], ["a", ""], False, False),
        ([], [], False, True),
        ([], ["a"], False, False),
        (["a", "..."], ["a"], False, True),
        (["a", "...", "b"], ["a", "x", "b", "b"], False, True),
        (["...", "b", "..."], ["a", "b"], False, True),
        (["...", "b"], ["b", "c"], False, False),
        (["pid ..., ok"], ["pid 12, ok"], False, True),
        (["pid ..., ok"], ["pid 12, no"], False, False),
        (["a...b...c"], ["abcbc"], False, True),
        (["(x"], ["(x"], False, True),
        (["1", "2"], ["2", "1"], True, True),
        (["1", "1"], ["1", "2"], True, False),
        (["1", "2"], ["1", "2", "2"], True, False),
        (["a...", "ab"], ["ab", "ac"], True, True),
        (["1", "..."], ["9", "1"], True, True),
        (["1", "2"], ["1"], True, False),
    ],
)
def test_elisions_and_order(expected, actual, any_order, same):
    assert matches(expected, actual, any_order) is same


def failing(site, source, lines, attributes="", command="python program.py"):
    """What pytest says of a program whose transcript has these lines: the message, or None if it passed."""
    site.program(source, transcript(command, *lines, attributes=attributes))
    failures = site.pytest().failures
    return failures[0] if failures else None


def test_a_line_too_few_or_too_many_fails(site):
    assert "not what it printed" in failing(site, "print(1)\nprint(2)", ["1"])
    assert "not what it printed" in failing(site, "print(1)", ["1", "2"])
    assert failing(site, "print(1)", ["1"]) is None


def test_any_order_is_a_matching_of_lines(site):
    source = "for n in (3, 1, 2): print(n)"
    assert failing(site, source, ["1", "2", "3"], "{any-order}") is None
    assert "in any order" in failing(site, source, ["1", "2", "2"], "{any-order}")


def test_the_exit_status_is_compared(site):
    assert failing(site, "raise SystemExit(3)", [], "{exit=3}") is None
    assert "ended with exit status 3, not exit status 0" in failing(site, "raise SystemExit(3)", [])
    assert "ended with exit status 0, not exit status 3" in failing(site, "", [], "{exit=3}")


def test_hangs_means_still_running(site):
    source = "import time\nprint('waits')\ntime.sleep(1000)"
    assert failing(site, source, ["waits"], '{hangs=1 python=">=3"}') is None
    assert "the page says that it hangs" in failing(site, "print('waits')", ["waits"], "{hangs=1}")


def test_a_program_that_takes_too_long_is_told_with_what_it_printed(site):
    said = failing(site, "import time\nprint('waits')\ntime.sleep(1000)", ["waits"], "{timeout=1}")
    assert "still running after 1 s; it was stopped" in said and "It printed:\nwaits" in said


LEAVES = (
    "import subprocess, sys\ncode = 'import time; time.sleep(99)'\n"
    "quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}\n"
    "subprocess.Popen([sys.executable, '-c', code], **quiet)\n"
)


def test_what_is_left_behind_fails_unless_the_page_says_so(site, monkeypatch):
    monkeypatch.setattr(run, "GRACE", 0.5)  # it would be waited for in vain, in each leg
    assert "left behind" in failing(site, LEAVES, [])
    assert failing(site, LEAVES, [], "{leaks}") is None
    assert "it left nothing behind" in failing(site, "", [], "{leaks}")


def test_bad_output_is_told_clearly(site):
    assert "printed more than 10,000,000 bytes and was stopped" in failing(
        site, "for _ in range(100): print('x' * 1_000_000)", []
    )
    assert "bytes that are not UTF-8, at offset 2" in failing(site, "import os\nos.write(1, b'ok\\xff')", ["ok"])


def test_each_leg_has_exactly_one_transcript(site):
    site.write("snippets/program.py", "import multiprocessing as mp\nprint(mp.get_start_method())\n")
    site.page(
        shown("program.py")
        + "\n"
        + transcript("python program.py", "spawn", attributes='{start="spawn"}')
        + "\n"
        + transcript("python program.py", "...", attributes='{start="fork,forkserver"}')
    )
    outcome = site.pytest()
    assert outcome.failures == []
    legs = [json.loads(value) for case in outcome.cases.values() for name, value in case.properties if name == "leg"]
    assert sorted(leg["start"] for leg in legs) == sorted(multiprocessing.get_all_start_methods())
    assert [leg["start"] for leg in legs if leg["default"]] == [multiprocessing.get_start_method()]


def test_a_program_that_picks_its_own_method_runs_once_and_its_evidence_names_it(site):
    source = "import multiprocessing as mp\nprint(mp.get_context('spawn').get_start_method())"
    site.program(source, transcript("python program.py", "spawn"))
    outcome = site.pytest()
    assert outcome.failures == []
    (leg,) = [json.loads(value) for case in outcome.cases.values() for name, value in case.properties if name == "leg"]
    assert (leg["start"], leg["method"], leg["outcome"]) == ("its own", "spawn", "passed")


def test_a_program_may_pick_a_start_method_that_its_source_does_not_name(site):
    source = "import multiprocessing\nname = 'spawn'\nprint(multiprocessing.get_context(name).get_start_method())"
    assert failing(site, source, ["spawn"]) is None


SPAWNS_IN_SECRET = """\
from multiprocessing import Process, get_context as context

if __name__ == "__main__":
    child = context("spawn").Process(target=print, args=("hello",))
    child.start()
    child.join()
"""


@pytest.mark.skipif(
    multiprocessing.get_all_start_methods() == ["spawn"], reason="this system has no other method to claim"
)
def test_no_leg_claims_a_start_method_with_which_no_process_began(site):
    site.program(SPAWNS_IN_SECRET, transcript("python program.py", "hello", attributes='{start="fork,forkserver"}'))
    (message,) = site.pytest().failures
    for leg in set(multiprocessing.get_all_start_methods()) - {"spawn"}:
        assert f"its processes began with spawn, and the page would say {leg}." in message
    assert '{start="spawn"}' in message
    site.program(SPAWNS_IN_SECRET, transcript("python program.py", "hello", attributes='{start="spawn"}'))
    assert site.pytest().failures == []


START = """\
import multiprocessing

if __name__ == "__main__":
    process = multiprocessing.Process(target=print, args=("hello",))
    process.start()
    process.join()
"""


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_with_which_start_method_a_process_began_is_seen(site, method):
    site.program(START, transcript("python program.py", "hello"))
    page = site.read()
    (example,) = page.transcripts
    (leg,) = [
        leg for leg in legs([interpreter(sys.executable)], Source(START), example.attributes)[0] if leg.method == method
    ]
    assert run_leg(page, example, leg, bool).began == {method}


def test_a_package_may_start_processes_in_its_own_way_beside_those_of_the_program():
    source = (
        "# /// script\n# dependencies = ['ray']\n# ///\nimport multiprocessing\nmultiprocessing.get_context('spawn')\n"
    )
    (leg,), _ = legs([interpreter(sys.executable)], Source(source), Attributes())
    assert (leg.start, leg.method, leg.methods) == ("its own", "spawn", {"fork", "spawn", "forkserver"})


def test_an_executor_that_replaces_its_workers_spawns(site):
    source = (
        "from concurrent.futures import ProcessPoolExecutor\nif __name__ == '__main__':\n"
        "    with ProcessPoolExecutor(1, max_tasks_per_child=1) as executor:\n"
        "        print(executor.submit(abs, -1).result())"
    )
    site.program(source, transcript("python program.py", "1"))
    outcome = site.pytest()
    assert outcome.failures == []
    (leg,) = [json.loads(value) for case in outcome.cases.values() for name, value in case.properties if name == "leg"]
    assert (leg["start"], leg["method"]) == ("its own", "spawn")


def test_figures_that_are_measured_are_kept_in_the_report(site):
    site.program("print('took 1.25 s')", transcript("python program.py", "took ... s", attributes="{measured}"))
    outcome = site.pytest()
    legs = [json.loads(value) for case in outcome.cases.values() for name, value in case.properties if name == "leg"]
    assert {leg["output"] for leg in legs} == {"took 1.25 s"}


def test_a_skip_shows_its_reason_and_runs_nothing(site):
    site.program("raise SystemExit(9)", transcript("python program.py", attributes='{skip="needs two machines"}'))
    outcome = site.pytest()
    assert outcome.failures == [] and "docs/page.md:5: needs two machines" in outcome.text
    assert [case.outcome for case in outcome.cases.values()].count("skipped") == 1


def test_windows_line_ends_are_line_ends(site):
    assert failing(site, "import os\nos.write(1, b'a\\r\\nb\\r\\n')", ["a", "b"]) is None


def test_folders_of_a_traceback_are_shown_with_slashes_whatever_the_system():
    from .harness.evaluate import decode

    windows = b'  File "C:\\shop\\pkg\\worker.py", line 3, in f\r\n    print("a\\b")\r\n'
    assert decode(windows) == ['  File "C:/shop/pkg/worker.py", line 3, in f', '    print("a\\b")']


def test_folders_of_windows_are_elided_in_both_spellings():
    known = {"folder": r"C:\Temp\mpx-1\work", "library": [r"C:\Python\Lib"], "pids": [], "figures": False}
    lines = [
        'File "C:/Temp/mpx-1/work/program.py", line 3',
        r"in C:\Temp\mpx-1\work",
        'File "C:/Python/Lib/queue.py", line 12, in get',
    ]
    assert [elide(line, **known) for line in lines] == [
        'File ".../program.py", line 3',
        "in ...",
        'File ".../queue.py", line ..., in get',
    ]


def test_every_transcript_of_the_site_is_tried(tmp_path: Path):
    assert len(TRANSCRIPTS) > 100
