"""What may stand behind a fence's language and behind `$`: each word is honoured, or refused with its line."""

import pytest
from byexample.pages.attributes import DEADLINE, FLAGS, START_METHODS, VALUES
from byexample.pages.commands import parse
from byexample.pages.fences import PageError
from byexample.pages.places import Place
from byexample.pages.sources import Source

from .conftest import shown, transcript
from .harness.legs import Interpreter, legs

FORM = "write `$ python [options] NAME.py [arguments]`, or -m, -c, `< NAME.py`"
KNOWN = "any-order, exit, gil, hangs, leaks, measured, python, skip, start, system, timeline, timeout"


@pytest.fixture
def site(site):
    site.write("snippets/program.py", "print('hello')\n")
    return site


def with_attributes(site, attributes: str):
    """A site whose transcript has these attributes; its fence is line 5."""
    site.page(shown("program.py") + "\n" + transcript("python program.py", "hello", attributes=attributes))
    return site


def attributes_of(site, attributes: str):
    return with_attributes(site, attributes).examples()[1].attributes


def told(command: str) -> str:
    """What is said of a command on a page that shows program.py."""
    with pytest.raises(PageError) as caught:
        parse(command, 6, {"program.py", "package/__main__.py"})
    assert caught.value.line == 6
    return caught.value.message


# -- attributes that are honoured


def test_a_transcript_without_attributes_speaks_for_all_legs_and_for_status_0(site):
    found = attributes_of(site, "")
    assert (found.start, str(found.python), found.status, found.deadline) == (START_METHODS, "", 0, DEADLINE)
    assert (found.any_order, found.leaks, found.measured, found.hangs, found.skip) == (False, False, False, None, None)
    assert found.restriction == ""


@pytest.mark.parametrize(
    "attributes, name, value",
    [
        ("{any-order}", "any_order", True),
        ("{leaks}", "leaks", True),
        ("{measured}", "measured", True),
        ("{measured timeline}", "measured", True),
        ("{exit=0}", "exit", 0),
        ("{exit=1}", "exit", 1),
        ('{exit="1"}', "exit", 1),
        ("{exit='1'}", "exit", 1),
        ("{exit=-9}", "exit", -9),
        ('{start="spawn"}', "start", ("spawn",)),
        ("{start=spawn}", "start", ("spawn",)),
        ('{start="spawn,fork"}', "start", ("fork", "spawn")),
        ('{start="forkserver, spawn"}', "start", ("spawn", "forkserver")),
        ('{system="Linux"}', "system", ("Linux",)),
        ('{gil="on"}', "gil", ("on",)),
        ('{gil="off"}', "gil", ("off",)),
        ('{system="macOS, Linux"}', "system", ("Linux", "macOS")),
        ("{hangs=5}", "hangs", 5.0),
        ("{hangs=0.5}", "hangs", 0.5),
        ("{timeout=60}", "timeout", 60.0),
        ('{skip="needs a second machine"}', "skip", "needs a second machine"),
        ('{ any-order exit=1 start="spawn" }', "exit", 1),
        ('{ any-order exit=1 start="spawn" }', "any_order", True),
    ],
)
def test_an_attribute_is_read(site, attributes, name, value):
    assert getattr(attributes_of(site, attributes), name) == value


@pytest.mark.parametrize(
    "value, fits, fits_not",
    [
        (">=3.14", ["3.14.0", "3.15.2", "3.15.0a1"], ["3.13.9", "3.11.7"]),
        ("<3.14", ["3.13.9"], ["3.14.0", "3.15.0"]),
        ("==3.14.*", ["3.14.0", "3.14.10"], ["3.13.0", "3.15.0"]),
        ("!=3.14.*", ["3.13.0", "3.15.0"], ["3.14.3"]),
        (">=3.12,<3.14", ["3.12.0", "3.13.9"], ["3.11.9", "3.14.0"]),
        ("==3.12.1", ["3.12.1"], ["3.12.2"]),
    ],
)
def test_python_is_a_version_specifier(site, value, fits, fits_not):
    found = attributes_of(site, f'{{python="{value}"}}')
    assert [found.python.contains(version, prereleases=True) for version in fits] == [True] * len(fits)
    assert [found.python.contains(version, prereleases=True) for version in fits_not] == [False] * len(fits_not)


def test_the_restriction_of_a_transcript_is_told_in_words(site):
    attributes = '{start="spawn,forkserver" python=">=3.14" system="Linux"}'
    assert (
        attributes_of(site, attributes).restriction
        == "start method spawn or forkserver, Python 3.14 and newer, on Linux"
    )


# -- attributes that are refused


@pytest.mark.parametrize(
    "attributes, message",
    [
        ("{exit=x}", "`exit=x`: not a number"),
        ("{exit=1.5}", "`exit=1.5`: not a number"),
        ("{exit=1,leaks}", "`exit=1,leaks`: not a number"),
        ("{exit=}", '`exit` needs a value: exit="…"'),
        ("{exit}", '`exit` needs a value: exit="…"'),
        ('{start="sporn"}', "`start=sporn`: 'sporn' is none of fork, spawn, forkserver"),
        ('{start="spawn,sporn"}', "`start=spawn,sporn`: 'sporn' is none of fork, spawn, forkserver"),
        ('{start="spawn fork"}', "`start=spawn fork`: 'spawn fork' is none of fork, spawn, forkserver"),
        ('{start="spawn,"}', "`start=spawn,`: '' is none of fork, spawn, forkserver"),
        ('{start="Spawn"}', "`start=Spawn`: 'Spawn' is none of fork, spawn, forkserver"),
        ('{start="default"}', "`start=default`: 'default' is none of fork, spawn, forkserver"),
        ('{start=""}', '`start` needs a value: start="…"'),
        ('{python="3.x"}', '`python=3.x`: not a version specifier such as ">=3.14"'),
        ('{python="3.14"}', '`python=3.14`: not a version specifier such as ">=3.14"'),
        ('{python="=>3.14"}', '`python==>3.14`: not a version specifier such as ">=3.14"'),
        ('{python=">=3.14 <3.15"}', '`python=>=3.14 <3.15`: not a version specifier such as ">=3.14"'),
        ('{python=""}', '`python` needs a value: python="…"'),
        ('{system="Darwin"}', "`system=Darwin`: 'Darwin' is none of Linux, macOS, Windows"),
        ('{system="linux"}', "`system=linux`: 'linux' is none of Linux, macOS, Windows"),
        ('{gil="no"}', "`gil=no`: 'no' is none of on, off"),
        ('{system=""}', '`system` needs a value: system="…"'),
        ("{hangs}", '`hangs` needs a value: hangs="…"'),
        ("{hangs=x}", "`hangs=x`: not a number"),
        ("{hangs=0}", "`hangs=0`: seconds between 0 and 600"),
        ("{hangs=-1}", "`hangs=-1`: seconds between 0 and 600"),
        ("{hangs=nan}", "`hangs=nan`: seconds between 0 and 600"),
        ("{hangs=3600}", "`hangs=3600`: seconds between 0 and 600"),
        ("{hangs=5s}", "`hangs=5s`: not a number"),
        ("{timeout}", '`timeout` needs a value: timeout="…"'),
        ("{timeout=0}", "`timeout=0`: seconds between 0 and 600"),
        ("{timeout=inf}", "`timeout=inf`: seconds between 0 and 600"),
        ('{timeout="a minute"}', "`timeout=a minute`: not a number"),
        ("{skip}", '`skip` needs the reason: skip="…"'),
        ('{skip=""}', '`skip` needs the reason: skip="…"'),
        ('{skip="  "}', '`skip` needs the reason: skip="…"'),
        ("{any-order=yes}", "`any-order` takes no value"),
        ("{any-order=false}", "`any-order` takes no value"),
        ("{leaks=2}", "`leaks` takes no value"),
        ("{measured=1}", "`measured` takes no value"),
        ("{measured timeline=1}", "`timeline` takes no value"),
        ("{timeline}", "`timeline` draws what was measured: write {measured timeline}"),
        ("{hangs=5 exit=1}", "a program that hangs is stopped: it has no exit status of its own"),
        ("{hangs=5 timeout=60}", "`hangs` is the time after which it is stopped: leave `timeout` out"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(site, attributes, message):
    with_attributes(site, attributes)
    assert site.refused()[-1] == f"5: {message}"


@pytest.mark.parametrize("free_threaded, speaks", [(False, '{gil="on"}'), (True, '{gil="off"}')])
def test_gil_names_the_build(site, free_threaded, speaks):
    place = Place.of("CPython", "3.14.2", "Linux", free_threaded)
    python = Interpreter("python", place, ("spawn",), "spawn", ())
    for attributes in ('{gil="on"}', '{gil="off"}'):
        mine, others = legs([python], Source(""), attributes_of(site, attributes))
        assert bool(mine) == (attributes == speaks) and bool(others) != bool(mine)


@pytest.mark.parametrize(
    "attributes, name",
    [
        ("{any_order}", "any_order"),
        ("{anyorder}", "anyorder"),
        ("{Exit=1}", "Exit"),
        ("{status=1}", "status"),
        ('{title="program.py"}', "title"),
        ('{hl_lines="1"}', "hl_lines"),
        ("{exit=1 retries=3}", "retries"),
        ("{flaky}", "flaky"),
    ],
)
def test_an_unknown_attribute_of_a_transcript_is_refused_with_those_that_are_known(site, attributes, name):
    with_attributes(site, attributes)
    assert site.refused()[-1] == f"5: unknown attribute `{name}` on a `console` fence (known: {KNOWN})"


def test_the_attributes_that_are_known_are_those_that_a_refusal_lists():
    assert ", ".join(sorted(FLAGS | VALUES)) == KNOWN


@pytest.mark.parametrize("attributes", ["{.fails}", "{.works}", "{.any-order}"])
def test_a_class_of_a_transcript_is_refused(site, attributes):
    with_attributes(site, attributes)
    assert site.refused()[-1] == f"5: unknown class `{attributes[1:-1]}` on a `console` fence (known: none)"


@pytest.mark.parametrize(
    "attributes, message",
    [
        ("exit=1", "unknown attribute `exit` on a `python` fence (known: hl_lines, linenums, no-run, title)"),
        ('skip="why"', "unknown attribute `skip` on a `python` fence (known: hl_lines, linenums, no-run, title)"),
        (".broken", "unknown class `.broken` on a `python` fence (known: .fails, .works)"),
        (".Fails", "unknown class `.Fails` on a `python` fence (known: .fails, .works)"),
    ],
)
def test_what_is_unknown_on_a_program_is_refused(site, attributes, message):
    site.page(f'```python {{title="program.py" {attributes}}}\n--8<-- "snippets/program.py"\n```\n')
    assert site.refused() == [f"1: {message}"]


@pytest.mark.parametrize(
    "info, message",
    [
        ("python {.fails}", "unknown class `.fails` on a `python` fence (known: none)"),
        ('python {skip="why"}', "unknown attribute `skip` on a `python` fence (known: hl_lines, linenums)"),
        ("pycon {exit=1}", "unknown attribute `exit` on a `pycon` fence (known: hl_lines, linenums)"),
        ('pycon {title="program.py"}', "unknown attribute `title` on a `pycon` fence (known: hl_lines, linenums)"),
        ("yaml {exit=1}", "unknown attribute `exit` on a `yaml` fence (known: hl_lines, linenums, title)"),
        ("json {.fails}", "unknown class `.fails` on a `json` fence (known: none)"),
    ],
)
def test_what_is_unknown_on_other_fences_is_refused(site, info, message):
    site.page(f"```{info}\n>>> 1\n1\n```\n")
    assert site.refused() == [f"1: {message}"]


# -- commands that are run


@pytest.mark.parametrize(
    "command, arguments, program, stdin",
    [
        ("python program.py", ["program.py"], "program.py", False),
        ("  python   program.py  ", ["program.py"], "program.py", False),
        ("python program.py 4 --name=x", ["program.py", "4", "--name=x"], "program.py", False),
        ("python program.py -c x", ["program.py", "-c", "x"], "program.py", False),
        ("python program.py 'a b' \"c d\" ''", ["program.py", "a b", "c d", ""], "program.py", False),
        ("python program.py '*.py' '$HOME' \"it's\"", ["program.py", "*.py", "$HOME", "it's"], "program.py", False),
        ("python 'program.py'", ["program.py"], "program.py", False),
        ("python -u program.py", ["-u", "program.py"], "program.py", False),
        ("python -X dev program.py", ["-X", "dev", "program.py"], "program.py", False),
        ("python -Xdev -O program.py", ["-Xdev", "-O", "program.py"], "program.py", False),
        ("python -W error program.py", ["-W", "error", "program.py"], "program.py", False),
        ("python -Werror::ImportWarning program.py", ["-Werror::ImportWarning", "program.py"], "program.py", False),
        (
            "python --check-hash-based-pycs always program.py",
            ["--check-hash-based-pycs", "always", "program.py"],
            "program.py",
            False,
        ),
        ("python -m program", ["-m", "program"], "program.py", False),
        ("python -m program x -m y", ["-m", "program", "x", "-m", "y"], "program.py", False),
        ("python -u -m package", ["-u", "-m", "package"], "package/__main__.py", False),
        ("python package/__main__.py", ["package/__main__.py"], "package/__main__.py", False),
        ("python -c 'print(1)'", ["-c", "print(1)"], None, False),
        ("python -c 'print(1 < 2); print(\"|\")' x", ["-c", 'print(1 < 2); print("|")', "x"], None, False),
        ("python -c \"print('x')\"", ["-c", "print('x')"], None, False),
        ("python < program.py", [], "program.py", True),
        ("python <program.py", [], "program.py", True),
        ("python - < program.py", ["-"], "program.py", True),
        ("python -u < program.py", ["-u"], "program.py", True),
    ],
)
def test_a_command_is_read(command, arguments, program, stdin):
    read = parse(command, 6, {"program.py", "package/__main__.py"})
    assert (list(read.arguments), read.program, read.stdin) == (arguments, program, stdin)


# -- commands that are refused


@pytest.mark.parametrize(
    "command",
    [
        "ls",
        "pip install numpy",
        "python3 program.py",
        "python3.14 program.py",
        "py program.py",
        "./program.py",
        "program.py",
        "cat program.py | python",
        "PYTHONHASHSEED=0 python program.py",
        "time python program.py",
        "sudo python program.py",
        "uv run program.py",
        "cd x && python program.py",
        "(python program.py)",
        "",
    ],
)
def test_an_unknown_command_is_refused(command):
    assert told(command) == f"unknown command `{command}`: {FORM}"


@pytest.mark.parametrize(
    "command, sign",
    [
        ("python program.py | cat", "|"),
        ("python program.py|cat", "|"),
        ("python program.py && python program.py", "&&"),
        ("python program.py || true", "||"),
        ("python program.py; python program.py", ";"),
        ("python program.py > output.txt", ">"),
        ("python program.py >> output.txt", ">>"),
        ("python program.py 2>&1", ">&"),
        ("python program.py &", "&"),
        ("python program.py (x)", "("),
        ("python < program.py < program.py", "<"),
    ],
)
def test_what_needs_a_shell_is_refused(command, sign):
    assert told(command) == f"`{sign}` needs a shell, and there is none: {FORM}"


@pytest.mark.parametrize(
    "command, sign",
    [
        ("python program.py *.txt", "*"),
        ("python program.py x?", "?"),
        ("python program.py $HOME", "$"),
        ('python program.py "$HOME"', "$"),
        ("python program.py `ls`", "`"),
        ('python program.py "`ls`"', "`"),
        ("python program.py $(ls)", "$"),
        ("python program.py ~", "~"),
        ("python program.py ~/x", "~"),
        ("python program.py  # says hello", "#"),
        ("python -c print($X)", "$"),
    ],
)
def test_what_a_shell_would_expand_is_refused(command, sign):
    assert told(command) == f"a shell would expand `{sign}`, and there is none: put it in single quotes"


@pytest.mark.parametrize(
    "command",
    [
        "python",
        "python -u",
        "python -X dev",
        "python -X",
        "python -V",
        "python --version",
        "python --help",
        "python -c",
        "python -m",
        "python program.py < program.py",
        "python program.py x < program.py",
        "python - x < program.py",
    ],
)
def test_a_command_without_a_program_or_with_two_is_refused(command):
    assert told(command) == f"no program in `{command}`: {FORM}"


@pytest.mark.parametrize(
    "command, option",
    [
        ("python -c 'print(input())' < program.py", "-c"),
        ("python -m program < program.py", "-m"),
    ],
)
def test_an_input_beside_a_program_is_refused(command, option):
    assert told(command) == f"`<` brings the program itself, and so does `{option}`: {FORM}"


def test_an_input_that_does_not_come_last_is_refused():
    assert told("python < program.py x") == f"`<` comes last in `python < program.py x`: {FORM}"


@pytest.mark.parametrize(
    "command, name",
    [
        ("python nothing.py", "nothing.py"),
        ("python ./program.py", "./program.py"),
        ("python Program.py", "Program.py"),
        ("python -m nothing", "nothing.py"),
        ("python -m program.py", "program/py.py"),
        ("python -m timeit pass", "timeit.py"),
        ("python -m pip list", "pip.py"),
        ("python < nothing.py", "nothing.py"),
        ("python -", "-"),
        ("python package", "package"),
    ],
)
def test_a_program_that_the_page_does_not_show_is_refused_with_those_that_it_shows(command, name):
    shows = "package/__main__.py, program.py"
    assert told(command) == f"no program `{name}` above this transcript (above it: {shows})"


@pytest.mark.parametrize("option", ["-E", "-I", "-S", "-sE", "-uI", "-BES"])
def test_an_option_that_would_keep_the_harness_out_is_refused(option):
    assert told(f"python {option} program.py") == f"`{option}` keeps Python from loading the harness's start-up file"


@pytest.mark.parametrize("command", ["python program.py 'x", 'python program.py "x', "python -c \"print('x')"])
def test_a_quote_that_is_never_closed_is_refused(command):
    assert told(command) == f"cannot read the command `{command}`: No closing quotation"


def test_a_refused_command_is_told_with_its_own_line(site):
    site.page("# Title\n\n" + shown("program.py") + transcript("ls"), "docs/page.md")
    assert f"docs/page.md:7: unknown command `ls`: {FORM}" in site.pytest().failures
