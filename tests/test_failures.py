"""What a contributor reads, and what the report keeps."""

import json
import os
import platform
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

import pytest
from byexample.pages.places import SYSTEMS

from .conftest import shown, transcript, with_argument


def test_a_failure_reads_page_line_diff_legs_and_the_command_that_refreshes_it(site):
    site.program("print('one')\nprint('too')", transcript("python program.py", "one", "two"))
    outcome = site.pytest()
    (said,) = outcome.failures
    lines = said.splitlines()
    assert lines[0] == "docs/page.md:5: `python program.py`: not what it printed"
    assert "--- docs/page.md" in lines and "-two" in lines and "+too" in lines
    assert any(line.startswith("@@ -6,") for line in lines)  # the page's own line of the command
    assert any(line.startswith("On: CPython") for line in lines)
    assert lines[-1] == "If the new output is right: pytest docs/page.md --update"
    assert "tests/harness" not in outcome.text and "Traceback" not in outcome.text
    assert "FAILED docs/page.md::line:5" in outcome.text


def test_the_report_has_the_legs_as_properties(site):
    site.program("print(1)", transcript("python program.py", "1"))
    (case,) = [case for case in site.pytest().cases.values() if case.properties]
    names = [name for name, _ in case.properties]
    assert names[:3] == ["page", "command", "digest"] and set(names[3:]) == {"leg"}
    leg = json.loads(case.properties[-1][1])
    assert {"python", "implementation", "system", "start", "method", "default", "outcome", "seconds"} <= leg.keys()


def test_the_report_names_project_machine_and_commit(site):
    site.write("pyproject.toml", '[project]\nname = "small"\n')
    site.program("print(1)", transcript("python program.py", "1"))
    with site.start("-n0", "docs") as running:
        assert running.wait(60) == 0
    suite = ElementTree.parse(site.root / "report.xml").find(".//testsuite")
    facts = {one.get("name"): one.get("value") for one in suite.findall("properties/property")}
    assert facts["project"] == "small" and "cores" in facts["machine"] and "commit" in facts


def test_the_summary_counts_legs_and_lists_what_did_not_run(site):
    site.write("snippets/program.py", "print(1)")
    site.page(shown("program.py") + "\n" + transcript("python program.py", "1", attributes='{python="<3"}'))
    text = site.pytest().text
    assert "proved by no leg of this run:" in text
    assert "docs/page.md:5: speaks for Python older than 3; here: CPython 3." in text


def test_a_transcript_of_another_system_is_not_run_here(site):
    other = next(
        system for system in SYSTEMS if system != {"Darwin": "macOS"}.get(platform.system(), platform.system())
    )
    site.write("snippets/program.py", "print(1)")
    site.page(shown("program.py") + "\n" + transcript("python program.py", "2", attributes=f'{{system="{other}"}}'))
    outcome = site.pytest()
    assert outcome.status == 0 and f"docs/page.md:5: speaks for on {other}; here: CPython 3." in outcome.text


def test_one_example_can_be_run_alone(site):
    site.program("print(1)", transcript("python program.py", "1") + "\n" + transcript("python program.py -x", "2"))
    outcome = site.pytest("docs/page.md::line:10")
    assert len(outcome.cases) == 1 and len(outcome.failures) == 1


def test_a_repository_with_blanks_and_other_letters_in_its_path(site, tmp_path):
    site.program("print('ok')", transcript("python program.py", "ok"))
    other = tmp_path / "ein Ordner mit Ümläuten"
    site.root.rename(other)
    site.root = other
    assert site.pytest().failures == []


SHELL_SCRIPT = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")


@pytest.mark.parametrize(
    "path, said",
    [
        ("/no/such/python", "not a Python that runs: "),
        ("program", "not a Python that runs: "),
        pytest.param(
            "old", "is too old", marks=pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
        ),
        pytest.param(
            "jython",
            "Jython is none of CPython, ",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="as above"),
        ),
    ],
)
def test_an_interpreter_that_cannot_be_used_is_one_line_and_status_4(site, path, said):
    if path == "program":
        path = str(site.write("no-python", "#!/bin/sh\necho hello\n"))
        os.chmod(path, 0o755)
    if path == "old":  # answers as an old Python would
        path = str(site.write("old-python", '#!/bin/sh\necho \'{"version": "2.7.18"}\'\n'))
        os.chmod(path, 0o755)
    if path == "jython":
        facts = '{"version": "3.12.1", "implementation": "Jython", "system": "Linux"}'
        path = str(site.write("jython", f"#!/bin/sh\necho '{facts}'\n"))
        os.chmod(path, 0o755)
    outcome = site.pytest("docs", "--python", path)
    assert outcome.status == 4
    told = [line for line in outcome.text.splitlines() if line.strip()]
    assert len(told) == 1 and said in told[0] and path in told[0], outcome.text


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_a_wrapper_script_is_an_interpreter(site):
    wrapper = site.write("wrapper", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    os.chmod(wrapper, 0o755)
    site.program("print(1)", transcript("python program.py", "1"))
    assert site.pytest("docs", "--python", str(wrapper)).failures == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_a_relative_path_of_an_interpreter_begins_where_pytest_was_started(site):
    wrapper = site.write("bin/wrapper", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    os.chmod(wrapper, 0o755)
    site.program("print(1)", transcript("python program.py", "1"))
    assert site.pytest("docs", "--python", "bin/wrapper").failures == []


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_ctrl_c_ends_what_the_programs_started(site):
    mark = f"mpx-ctrl-c-{os.getpid()}"
    source = f"import subprocess, sys\ncode = 'import time; time.sleep(999)'\nwords = ['-c', code, {mark!r}]\n"
    source += "subprocess.Popen([sys.executable, *words]).wait()\n"
    site.program(source, transcript("python program.py", attributes="{timeout=500}"))
    running = site.start("-n0", "docs", start_new_session=True)
    end = time.monotonic() + 60
    while not with_argument(mark) and time.monotonic() < end:
        time.sleep(0.05)
    assert with_argument(mark), "the program did not start"
    running.send_signal(signal.SIGINT)
    try:
        running.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        running.kill()
        raise
    assert with_argument(mark) == []


def test_programs_can_be_interrupted_even_if_pytest_was_told_to_ignore_it(site):
    source = "import signal\nsignal.raise_signal(signal.SIGINT)\n"
    site.program(
        source,
        transcript(
            "python program.py",
            "Traceback (most recent call last):",
            "...",
            "KeyboardInterrupt",
            attributes='{exit=-2 system="Linux,macOS"}',
        ),
    )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does for what it starts in the background
    try:
        running = site.start("-n0", "docs")
    finally:
        signal.signal(signal.SIGINT, before)
    text, _ = running.communicate(timeout=60)
    assert running.returncode == 0, text
