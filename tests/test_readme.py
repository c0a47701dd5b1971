"""The README's lines, the pinned requirements that they install, and what no file of the repository may hold."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = ("mkdocs serve", "pytest")

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


def requirements() -> list[tuple[Requirement, list[str]]]:
    """Each requirement of requirements.txt with its hashes."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    lines = re.sub(r" *\\\n *", " ", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    parts = [line.split(" --hash=") for line in lines]
    return [(Requirement(first), hashes) for first, *hashes in parts]


def repository_files() -> list[Path]:
    """What is committed, or would be if all were added."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a clone to know which files are the repository's")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_for_both_shells_do_the_same(command):
    shell = shell_line(command).replace("python3", "python").replace("/bin/", "/").split(" && ")
    powershell = powershell_line(command).replace("\\Scripts\\", "/")
    assert len(shell) == 4
    assert re.findall(r"python -m [^;{}]+?(?= }|;)|\.venv/uv [^;{}]+?(?= }|;)", powershell) == shell


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_pin_and_verify(command):
    line = shell_line(command)
    assert re.search(r" install uv==\d+\.\d+\.\d+ ", line)
    assert " --require-hashes requirements.txt " in line
    assert " uv run --no-project " in line.replace("/", " ")  # else uv would resolve, and write a lock file
    assert (ROOT / "requirements.txt").is_file()


def test_links_and_paths_exist():
    named = re.findall(r"\]\((?!\w+:)([^)#]+)|^pytest (docs/[\w./-]+\.md)", README, re.MULTILINE)
    paths = [one or other for one, other in named]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_requirement_is_pinned_and_hashed():
    assert len(requirements()) > 50
    for requirement, hashes in requirements():
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert requirement.url is None, requirement
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


def test_requirements_name_no_address():
    assert "://" not in (ROOT / "requirements.txt").read_text("utf-8")


def test_requirements_agree_with_pyproject():
    pinned: dict[str, list[str]] = {}
    for requirement, _ in requirements():
        pinned.setdefault(canonicalize_name(requirement.name), []).append(str(requirement.specifier)[2:])
    wanted = map(Requirement, tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["dev"])
    problems = [
        f"{want}: requirements.txt has {pinned.get(canonicalize_name(want.name), 'nothing')}"
        for want in wanted
        if not (versions := pinned.get(canonicalize_name(want.name))) or not all(version in want.specifier for version in versions)
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
    kinds = re.compile(r".*\.lock|.*-lock\.(json|ya?ml)|npm-shrinkwrap\.json|pylock.*\.toml|.*\.lockb")
    locks = [path for path in repository_files() if kinds.fullmatch(path.name)]
    assert [path.name for path in locks if "://" in path.read_bytes().decode("utf-8", "replace")] == []
