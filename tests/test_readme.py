"""The README's lines, the pinned requirements that they install, and what no file of the repository may hold."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from byexample.pages.fences import scan
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = ("mkdocs serve", "pytest")
LINT = "pre-commit run --all-files"  # CI runs it too: test_workflows.py
SET_UP_PAGES = ("README.md", "docs/contributing.md")  # the only ones with `bash` fences: see harness/page.py

# A home folder, or an address that only an index of packages has: both say where something was made.
HOME = r"(?<![\w.~*-])(?:/[r]oot\b|/(?:home|Users)/\w|[A-Za-z]:\\Users\\\w)"
INDEX = r"\b(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com)\b|\b(?:deb|security|snapshot)\.debian\.org\b"


def shell_line(command: str) -> str:
    """The README's line that ends in this command."""
    (line,) = re.findall(rf"^python3 .* {command}$", README, re.MULTILINE)
    return line


def powershell_line(command: str) -> str:
    """The same for PowerShell."""
    (line,) = re.findall(rf"`(if \(.* {command} }} }})`$", README, re.MULTILINE)
    return line


def uv_line(command: str) -> str:
    """The README's short line, for people who have uv, that ends in this command."""
    (line,) = re.findall(rf"^uv venv .* {command}$", README, re.MULTILINE)
    return line


def powershell_uv_line(command: str) -> str:
    """The same for PowerShell."""
    (line,) = re.findall(rf"`(uv venv .* {command} }} }})`$", README, re.MULTILINE)
    return line


LISTS = ("requirements.txt", "requirements-uv.txt")  # the second has uv alone: what installs and checks the first


def requirements(name: str = "requirements.txt") -> list[tuple[Requirement, list[str]]]:
    """Each requirement of a list with its hashes."""
    text = (ROOT / name).read_text("utf-8")
    lines = re.sub(r" *\\\n *", " ", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    parts = [line.split(" --hash=") for line in lines if line and not line.startswith("--")]
    return [(Requirement(first), hashes) for first, *hashes in parts]


def repository_files() -> list[Path]:
    """What is committed, or would be if all were added."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a clone to know which files are the repository's")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def bash_lines(root: Path) -> list[tuple[str, str]]:
    """(PAGE:LINE, command) for each line of the `bash` fences; comments left out."""
    found = []
    for name in SET_UP_PAGES:
        for fence in scan((root / name).read_text("utf-8")):
            if re.match(r"\{? *\.?bash\b", fence.info):
                lines = enumerate((line.strip() for line in fence.body), fence.line + 1)
                found += [(f"{name}:{number}", line) for number, line in lines if line and line[0] != "#"]
    return found


def kind(command: str) -> str | None:
    """Which test here runs or checks this command; None if there is none."""
    if command in [line(end) for end in COMMANDS for line in (shell_line, uv_line)]:
        return "set-up"  # the long ones are also run by CI: test_workflows.py
    if re.search(r"[|&;<>`$]", command):
        return None  # one command a line
    module = r"python -m tests\.\w+( .*)?"
    known = {"pytest": r"pytest( .*)?", "mkdocs": r"mkdocs serve", "lint": LINT, "module": module}
    return next((name for name, pattern in known.items() if re.fullmatch(pattern, command)), None)


def unknown_lines(root: Path) -> list[str]:
    """The lines of `bash` fences that no test knows, and what to do."""
    return [
        f"{place}: no test runs `{command}`: leave it out, or add a test for its kind to tests/test_readme.py"
        for place, command in bash_lines(root)
        if kind(command) is None
    ]


def of_kind(name: str) -> list:
    return [pytest.param(command, id=place) for place, command in bash_lines(ROOT) if kind(command) == name]


def run(*words: str, **options) -> subprocess.CompletedProcess:
    """Runs a command in the repository, as in a shell of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return subprocess.run(
        words,
        cwd=ROOT,
        env=environment | options.pop("env", {}),
        timeout=300,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        **options,
    )


def test_every_bash_line_is_known():
    assert len(bash_lines(ROOT)) >= 10
    assert unknown_lines(ROOT) == []


def test_all_set_up_lines_stand_in_a_bash_fence():
    assert sorted(command for _, command in bash_lines(ROOT) if kind(command) == "set-up") == sorted(
        line(command) for command in COMMANDS for line in (shell_line, uv_line)
    )


@pytest.mark.parametrize("command", of_kind("pytest"))
def test_pytest_line_collects(command, tmp_path):
    words = shlex.split(command)[1:]
    interpreters = [word.partition("=")[2] for word in words if word.startswith("--python=")]
    if interpreters and os.name == "nt":
        pytest.skip("the stand-ins for other interpreters are shell scripts")
    for name in interpreters:  # not every machine has them; this Python stands in
        (tmp_path / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
        (tmp_path / name).chmod(0o755)
    also = ["--collect-only", "-q", f"--junit-xml={tmp_path / 'report.xml'}", "-p", "no:cacheprovider"]
    if all(word.startswith("-") for word in words):
        also.append("README.md")  # a full run collects everything anyway
    path = os.pathsep.join([str(tmp_path), os.environ.get("PATH", "")])
    done = run(sys.executable, "-m", "pytest", *words, *also, env={"PATH": path})
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+(/\d+)? tests? collected", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("command", of_kind("mkdocs"))
def test_mkdocs_line_is_a_command(command):
    done = run(sys.executable, "-m", *shlex.split(command), "--help")
    assert done.returncode == 0 and "Usage:" in done.stdout, done.stdout


def module_problems(command: str) -> list[str]:
    """What is wrong with a line `python -m tests.NAME …`: its module, its options, its pages."""
    _, _, module, *words = shlex.split(command)
    done = run(sys.executable, "-m", module, "--help")
    if done.returncode:
        return [f"{module} has no --help: {done.stdout}"]
    options = [word for word in words if word.startswith("-")]
    found = [f"{module} has no option {word}" for word in options if not re.search(rf"{word}\b", done.stdout)]
    return found + [f"no page {word}" for word in words if word.endswith(".md") and not (ROOT / word).is_file()]


@pytest.mark.parametrize("command", of_kind("module") or ["python -m tests.stress --seconds 60"])
def test_module_line_has_its_options_and_pages(command):
    assert module_problems(command) == []


@pytest.mark.parametrize(
    "line, problem",
    [
        ("python -m tests.stress --minutes 1", "tests.stress has no option --minutes"),
        ("python -m tests.stress docs/nothing.md", "no page docs/nothing.md"),
        ("python -m tests.nothing", "tests.nothing has no --help"),
    ],
)
def test_module_line_that_would_not_run_is_told(line, problem):
    (found,) = module_problems(line)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    "line",
    [
        "make",
        "pip install x",
        "mkdocs build",
        "pytest-3",
        "pytest | tail",
        "pytest && ls",
        "python -m tests.x; ls",
        "pytest $X",
        "python3 -m venv .venv",
        "$ pytest",
    ],
)
@pytest.mark.parametrize(
    "page, fence",
    [
        ("README.md", "```bash"),
        ("docs/contributing.md", "~~~ bash"),
        ("README.md", "```{.bash}"),
    ],
)
def test_new_bash_line_that_no_test_knows_is_told_with_its_line(tmp_path, page, fence, line):
    (tmp_path / "docs").mkdir()
    for name in SET_UP_PAGES:
        shutil.copy(ROOT / name, tmp_path / name)
    before = (tmp_path / page).read_text("utf-8")
    (tmp_path / page).write_text(f"{before}\n{fence}\npytest\n{line}\n{fence[:3]}\n", "utf-8")
    (found,) = unknown_lines(tmp_path)
    assert found.startswith(f"{page}:{before.count(chr(10)) + 4}: no test runs `{line}`: ")


def test_a_pytest_line_that_collects_nothing_fails():
    done = run(sys.executable, "-m", "pytest", "docs/nothing.md", "--collect-only", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 4


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_for_both_shells_do_the_same(command):
    shell = shell_line(command).replace("python3", "python").replace("/bin/", "/").split(" && ")
    powershell = powershell_line(command).replace("\\Scripts\\", "/")
    assert len(shell) == 4
    assert re.findall(r"python -m [^;{}]+?(?= }|;)|\.venv/uv [^;{}]+?(?= }|;)", powershell) == shell


@pytest.mark.parametrize("command", COMMANDS)
def test_short_lines_do_what_the_long_ones_do(command):
    _, _, install, start = shell_line(command).replace(".venv/bin/uv", "uv").split(" && ")
    assert uv_line(command).split(" && ") == ["uv venv --allow-existing .venv", install, start]
    assert powershell_uv_line(command) == (
        f"uv venv --allow-existing .venv; if ($?) {{ {install}; if ($?) {{ {start} }} }}"
    )


def test_short_lines_make_an_environment_and_keep_it(tmp_path):
    make = uv_line("pytest").split(" && ")[0]
    uv, *words = [str(tmp_path / word) if word == ".venv" else word for word in shlex.split(make)]
    for _ in range(2):
        done = run(str(Path(sysconfig.get_path("scripts"), uv)), *words)
        assert done.returncode == 0, done.stdout
        (tmp_path / ".venv/kept").touch()
    assert (tmp_path / ".venv/pyvenv.cfg").is_file() and (tmp_path / ".venv/kept").is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_pin_and_verify(command):
    line = shell_line(command)
    assert " install --require-hashes -r requirements-uv.txt " in line
    assert " --require-hashes requirements.txt " in line
    assert " uv run --no-project " in line.replace("/", " ")  # else uv would resolve, and write a lock file
    assert powershell_line(command).count(" --require-hashes ") == 2


def test_links_and_paths_exist():
    named = re.findall(r"\]\((?!\w+:)([^)#]+)|^pytest (docs/[\w./-]+\.md)", README, re.MULTILINE)
    paths = [one or other for one, other in named]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_requirement_is_pinned_and_hashed():
    assert len(requirements()) > 50
    for requirement, hashes in [each for name in LISTS for each in requirements(name)]:
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert requirement.url is None, requirement
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


@pytest.mark.parametrize("name", LISTS)
def test_requirements_name_no_address_and_build_nothing(name):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text and re.findall("^--.*", text, re.MULTILINE) == ["--only-binary :all:"]


def test_pip_installs_the_uv_that_is_listed_with_the_others():
    (uv,) = requirements("requirements-uv.txt")
    assert uv in requirements()


def test_requirements_agree_with_pyproject():
    pinned: dict[str, list[str]] = {}
    for requirement, _ in requirements():
        pinned.setdefault(canonicalize_name(requirement.name), []).append(str(requirement.specifier)[2:])
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    names = [name for each in groups["dev"] for name in ([each] if isinstance(each, str) else groups["uv"])]
    wanted = list(map(Requirement, names))
    assert len(wanted) == len(groups["dev"])
    problems = [
        f"{want}: requirements.txt has {pinned.get(canonicalize_name(want.name), 'nothing')}"
        for want in wanted
        if not (versions := pinned.get(canonicalize_name(want.name)))
        or not all(version in want.specifier for version in versions)
    ]
    assert problems == []


def test_no_file_says_where_it_was_made():
    here = rf"|{re.escape(str(ROOT))}(?![\w-])" if len(ROOT.parts) > 2 else ""
    telling = re.compile(f"{HOME}|{INDEX}{here}")
    found = []
    for path in repository_files():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if told := telling.search(line):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number}: {told[0]}")
    assert found == []


def test_no_lock_file_has_addresses():
    """But for where a package asks for money: nothing is downloaded from there."""
    kinds = re.compile(r".*\.lock|.*-lock\.(json|ya?ml)|npm-shrinkwrap\.json|pylock.*\.toml|.*\.lockb")
    locks = [path for path in repository_files() if kinds.fullmatch(path.name)]
    texts = {path.name: path.read_bytes().decode("utf-8", "replace") for path in locks}
    without = {name: re.sub(r'"funding": \{[^}]*\}', "", text) for name, text in texts.items()}
    assert [name for name, text in without.items() if "://" in text or '"resolved"' in text] == []
