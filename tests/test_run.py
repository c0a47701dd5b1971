"""Running one program: what it gets, when it is stopped, and what it must not leave behind."""

import multiprocessing
import os
import signal
import sys
import tempfile

import psutil
import pytest

from .harness import run as harness_run
from .harness.run import LIMIT, Run, run

# As the python.exe of an environment on Windows: a process of its own, which starts the real one and waits for it.
LAUNCHER = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork, sessions or signals of this kind")


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """For programs that leave a process behind, which would be waited for in vain."""
    monkeypatch.setattr(harness_run, "GRACE", 0.5)


def ran(
    source: str, *, arguments=("program.py",), files=None, method=None, deadline=20.0, stdin=None, until: bytes = b""
) -> Run:
    """`until`: what it prints before it hangs, waited for on a busy machine even after its deadline."""
    files = {"program.py": source, **(files or {})}
    return run(sys.executable, list(arguments), files, stdin, method, deadline, complete=lambda output: until in output)


def printed(result: Run) -> str:
    return result.output.decode().replace("\r\n", "\n")


def marked(result_folder: str) -> list[psutil.Process]:
    """Processes that still work in the folder of a run."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(result_folder):
                found.append(process)
        except psutil.Error:
            continue  # gone, or somebody else's
    return found


def test_the_working_folder_holds_just_the_programs():
    source = "import pathlib\nprint(*sorted(p.as_posix() for p in pathlib.Path().rglob('*') if p.is_file()))"
    assert printed(ran(source, files={"pkg/mod.py": ""})) == "pkg/mod.py program.py\n"


def test_it_inherits_no_python_settings_and_no_colours(monkeypatch):
    for name, value in {
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "error",
        "FORCE_COLOR": "1",
        "PYTEST_X": "1",
        "LANG": "C",
    }.items():
        monkeypatch.setenv(name, value)
    source = (
        "import os, sys\n"
        "names = sorted(k for k in os.environ if k.startswith(('PYTEST', 'FORCE', 'PYTHONU', 'PYTHONW')))\n"
        "print(names, os.environ['NO_COLOR'], sys.stdout.encoding)"
    )
    assert printed(ran(source)) == "['PYTHONUTF8'] 1 utf-8\n"


def test_stdout_and_stderr_come_in_the_order_in_which_they_were_printed():
    source = "import sys\nfor i in range(50):\n    print(i, file=sys.stderr if i % 2 else sys.stdout)"
    assert printed(ran(source)) == "".join(f"{i}\n" for i in range(50))


def test_standard_input_is_empty_or_the_file_that_is_named():
    assert printed(ran("import sys\nprint(repr(sys.stdin.read()))")) == "''\n"
    assert printed(ran("", arguments=["-"], stdin="print(6 * 7)")) == "42\n"


@pytest.mark.parametrize(
    "arguments, said", [(["-c", "print(1)"], "1\n"), (["-m", "pkg"], "2\n"), (["program.py", "a b"], "a b\n")]
)
def test_commands(arguments, said):
    source = "import sys\nprint(sys.argv[1])"
    assert printed(ran(source, arguments=arguments, files={"pkg/__main__.py": "print(2)"})) == said


@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
def test_the_start_method_that_is_asked_for_is_the_default_of_the_program_and_its_children(method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"{sys.platform} has no {method}")
    source = (
        "import multiprocessing as mp\ndef child(): print(mp.get_start_method())\n"
        "if __name__ == '__main__':\n    print(mp.get_start_method())\n"
        "    p = mp.Process(target=child); p.start(); p.join()"
    )
    result = ran(source, method=method)
    assert printed(result) == f"{method}\n{method}\n"
    assert result.method == method and result.status == 0
    assert result.left == ()  # the resource tracker and the forkserver are no leftovers


def test_a_program_that_sets_its_own_start_method_may():
    source = (
        "import multiprocessing as mp\nif __name__ == '__main__':\n"
        "    mp.set_start_method('spawn')\n    print(mp.get_start_method())"
    )
    assert printed(ran(source, method="spawn")) == "spawn\n"


@POSIX
def test_a_program_that_hangs_is_stopped_with_all_its_descendants():
    source = (
        "import multiprocessing as mp, os, subprocess, sys, time\n"
        "def child():\n    time.sleep(1000)\n"
        "if __name__ == '__main__':\n"
        "    mp.get_context('fork').Process(target=child).start()\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'], start_new_session=True)\n"
        "    if os.fork() == 0:\n        os.setsid()\n"
        "        if os.fork() == 0: time.sleep(1000)\n        os._exit(0)\n"
        "    print('started', flush=True)\n    time.sleep(1000)\n"
    )
    result = ran(source, deadline=0.5, until=b"started")
    assert result.status is None and printed(result) == "started\n"
    assert marked(result.folder) == []


def test_a_pool_that_replaces_its_workers_for_ever_is_stopped():
    source = (
        "import multiprocessing as mp\ndef boom(): raise SystemExit\n"
        "if __name__ == '__main__':\n    mp.get_context('spawn').Pool(2, boom).map(print, [1])\n"
    )
    result = ran(source, deadline=3.0)
    assert result.status is None
    assert marked(result.folder) == []


@POSIX
def test_a_linked_temporary_folder_is_the_one_that_the_program_sees(tmp_path, monkeypatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "link"))
    result = ran("import os\nprint(os.getcwd())")
    assert printed(result) == f"{result.folder}\n" and "real" in result.folder


@pytest.mark.usefixtures("short_grace")
@pytest.mark.parametrize("launcher", ["", LAUNCHER], ids=["Python itself", "a launcher that starts Python"])
def test_a_process_that_is_left_behind_is_named(launcher):
    source = (
        "import subprocess, sys\nfrom subprocess import DEVNULL\n"
        f"launcher = [sys.executable, '-c', {launcher!r}] if {launcher!r} else []\n"
        "words = [*launcher, sys.executable, '-c', 'import time; time.sleep(1000)']\n"
        "subprocess.Popen(words, stdout=DEVNULL, stderr=DEVNULL)\n"
    )
    result = ran(source)
    assert result.status == 0
    assert any("time.sleep(1000)" in one for one in result.left)
    assert all(one.startswith("process ") for one in result.left)
    assert marked(result.folder) == []


@pytest.mark.usefixtures("short_grace")
def test_output_that_is_still_held_open_is_told():
    source = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'])\n"
    assert any("time.sleep(1000)" in one for one in ran(source).left)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows segments as files")
def test_a_shared_memory_segment_that_is_left_behind_is_named_and_removed():
    source = (
        "from multiprocessing import shared_memory, resource_tracker\n"
        "s = shared_memory.SharedMemory(create=True, size=8, name='mpx-left-behind')\n"
        "resource_tracker.unregister(s._name, 'shared_memory')\ns.close()\n"
    )
    for _ in range(2):  # a second run finds nothing of the first
        result = ran(source)
        assert result.status == 0, printed(result)
        assert result.left == ("shared-memory segment mpx-left-behind",)


def test_a_flood_is_cut_and_stopped():
    result = ran("while True: print('x' * 1_000_000)", deadline=120)
    assert result.flooded and len(result.output) < 2 * LIMIT + 100_000
    assert result.status is not None  # ended by the flood, not at its deadline


def test_bytes_that_are_no_text_come_as_they_are():
    assert ran("import os\nos.write(1, b'\\xff\\xfe')").output == b"\xff\xfe"


def test_a_program_may_change_its_folder():
    result = ran("import os, tempfile\nos.chdir(tempfile.gettempdir())\nprint('moved')")
    assert printed(result) == "moved\n" and result.left == ()


@POSIX
def test_a_signal_is_a_negative_status():
    result = ran("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert result.status == -signal.SIGKILL


def test_what_it_leaves_in_the_temporary_folder_goes_with_it():
    result = ran("import tempfile\nprint(tempfile.mkdtemp())")
    assert not os.path.exists(printed(result).strip())


@POSIX
def test_what_is_printed_while_a_program_is_stopped_is_not_its_output():
    # The child outlives its parent for a moment, and tells of it.
    child = (
        "import os, time\nprint('up', flush=True)\n"
        "while os.getppid() == int(os.environ['UP']): time.sleep(0.001)\nprint('alone', flush=True)"
    )
    source = (
        "import os, subprocess, sys\n"
        f"subprocess.run([sys.executable, '-c', {child!r}], env=os.environ | {{'UP': str(os.getpid())}})"
    )
    for _ in range(3):
        done = ran(source, deadline=0.1, until=b"up")
        assert done.status is None and printed(done).split() == ["up"]
