"""Measures a program's coverage, with each of some settings."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["coverage"]
# ///

import subprocess
import sys
from pathlib import Path

import coverage

COMMON = """[run]
parallel = true
disable_warnings = no-data-collected
"""

if __name__ == "__main__":
    program, *all_settings = sys.argv[1:]
    run = [sys.executable, "-m", "coverage", "run", program]
    for settings in all_settings:
        print(settings)
        config = f"{COMMON}include = {program}\n{settings}\n"
        Path(".coveragerc").write_text(config)
        subprocess.run(run, check=True)
        measured = coverage.Coverage(messages=False)
        measured.combine()
        measured.report(show_missing=True)
