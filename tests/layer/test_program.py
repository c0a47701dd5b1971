import atexit
import sys
import warnings
from types import SimpleNamespace

import pytest
from multiprocessing_workers import processes, program


@pytest.fixture
def ended(monkeypatch):
    """`program.ended`, without the end of the interpreter that runs this."""
    monkeypatch.setattr(program, "threading", SimpleNamespace(_shutdown=lambda: None))
    monkeypatch.setattr(program, "atexit", SimpleNamespace(_run_exitfuncs=lambda: None))
    return program.ended


def raises(error):
    def body():
        raise error

    return body


@pytest.mark.parametrize(
    "error, status, said",
    [
        (SystemExit(), 0, ""),
        (SystemExit(3), 3, ""),
        (SystemExit(-1), 255, ""),
        (SystemExit("what is wrong"), 1, "what is wrong\n"),
        (ValueError("bad"), 1, "ValueError: bad\n"),
        (KeyboardInterrupt(), -2, "KeyboardInterrupt\n"),
    ],
)
def test_how_a_program_ends(ended, capsys, error, status, said):
    assert ended(raises(error)) == status
    assert capsys.readouterr().err.endswith(said)


def test_it_ends_well(ended, capsys):
    assert ended(lambda: print("done")) == 0
    assert capsys.readouterr() == ("done\n", "")


def test_what_fails_at_the_end_is_shown_and_does_not_change_the_status(ended, capsys, monkeypatch):
    monkeypatch.setattr(program, "threading", SimpleNamespace(_shutdown=raises(RuntimeError("in a thread's end"))))
    monkeypatch.setattr(program, "atexit", SimpleNamespace(_run_exitfuncs=lambda: print("cleaned up")))
    assert ended(lambda: None) == 0
    said = capsys.readouterr()
    assert said.out == "cleaned up\n" and said.err.endswith("RuntimeError: in a thread's end\n")


def test_a_broken_hook_for_errors(ended, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", raises(TypeError))
    assert ended(raises(ValueError())) == 1


@pytest.mark.parametrize(
    "given, left",
    [
        (["program.py", "-W"], ["program.py", "-W"]),
        (["-u", "-B", "program.py", "3"], ["program.py", "3"]),
        (["-W", "error", "program.py"], ["program.py"]),
        (["-Werror", "-m", "package"], ["-m", "package"]),
        (["-X", "dev", "-c", "print()"], ["-c", "print()"]),
        (["-", "3"], ["3"]),
        ([], []),
    ],
)
def test_options_before_the_program(given, left, monkeypatch):
    monkeypatch.setattr(sys, "warnoptions", [])
    with warnings.catch_warnings():
        assert program.options(list(given)) == left


def test_options_that_count(monkeypatch):
    monkeypatch.setattr(sys, "warnoptions", [])
    monkeypatch.setattr(processes, "cpus", 8)
    with warnings.catch_warnings():
        program.options(["-W", "error::UserWarning", "-Xcpu_count=3", "program.py"])
        with pytest.raises(UserWarning):
            warnings.warn("as it was asked for", UserWarning, stacklevel=1)
    assert sys.warnoptions == ["error::UserWarning"] and processes.cpu_count() == 3
    program.options(["-X", "cpu_count=default", "program.py"])
    assert processes.cpu_count() == 3


@pytest.fixture
def interpreter(ended, monkeypatch, tmp_path):
    """Runs programs in this folder, and leaves this interpreter's own as it is."""
    monkeypatch.setattr(processes, "WORK", str(tmp_path))
    monkeypatch.setattr(sys, "argv", sys.argv[:])
    monkeypatch.setattr(sys, "path", sys.path[:])
    for name in ("__main__", "__mp_main__"):
        monkeypatch.setitem(sys.modules, name, sys.modules["__main__"])
    return tmp_path


SHOW = "import sys\nprint(__name__, sys.argv, sys.modules['__mp_main__'] is sys.modules['__main__'])\n"


def test_a_file(interpreter, capsys):
    (interpreter / "show.py").write_text(SHOW + "print(__file__)\n", "utf-8")
    assert program.run(["show.py", "3"], None) == 0
    path = program.os.path.join(str(interpreter), "show.py")
    assert capsys.readouterr().out == f"__main__ ['show.py', '3'] True\n{path}\n" and sys.path[0] == str(interpreter)


def test_a_command(interpreter, capsys):
    assert program.run(["-c", SHOW, "3"], None) == 0
    assert capsys.readouterr().out == "__main__ ['-c', '3'] True\n" and sys.path[0] == ""


def test_what_comes_through_standard_input(interpreter, capsys):
    assert program.run(["-", "3"], SHOW) == 0
    assert program.run([], SHOW) == 0
    assert capsys.readouterr().out == "__main__ ['3'] True\n__main__ [''] True\n"


def test_a_module_of_the_folder(interpreter, capsys):
    (interpreter / "shown_module.py").write_text("import sys\nprint(__name__, sys.argv[1:])\n", "utf-8")
    assert program.run(["-m", "shown_module", "3"], None) == 0
    assert capsys.readouterr().out == "__main__ ['3']\n"


def test_a_program_with_a_mistake_in_its_syntax(interpreter, capsys):
    (interpreter / "wrong.py").write_text("print(\n", "utf-8")
    assert program.run(["wrong.py"], None) == 1
    assert capsys.readouterr().err.endswith("SyntaxError: '(' was never closed\n")


def test_the_real_end_is_what_it_stands_for():
    """The names that the fixture takes the place of."""
    assert callable(program.threading._shutdown) and program.atexit is atexit and callable(atexit._run_exitfuncs)
