"""Prints which lines of the harness, and of the package that builds the site, no test reaches.

    python -m tests.coverage [ARGUMENTS OF PYTEST]

What is measured, [tool.coverage] in pyproject.toml says.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.coverage", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    _, arguments = parser.parse_known_args()
    coverage("erase")
    status = coverage("run", "-m", "pytest", *arguments)
    coverage("combine", "--quiet")
    coverage("report")
    return status


def coverage(*words: str) -> int:
    """Runs a command of coverage.py in the repository, and returns its exit status."""
    return subprocess.run([sys.executable, "-m", "coverage", *words], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
