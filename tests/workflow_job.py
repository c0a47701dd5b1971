"""Runs the steps of a workflow's job here, as a Linux runner of GitHub does: as they stand, in a fresh clone.

    python -m tests.workflow_job legs.yml examples --python PATH matrix.system=Linux matrix.python=3.14

Of the actions three have a stand-in: a clone of what is committed for the checkout, the Python that is named for
setup-python, and a copy in reports/ for what is uploaded. An expression that it does not know is an error.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

from . import ROOT

SHELLS = {None: ["-e"], "bash": ["--noprofile", "--norc", "-eo", "pipefail"]}  # as GitHub starts bash
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
# What this Linux answers where nothing failed before.
CONDITIONS = {
    "matrix.system != 'Windows'": True,
    "matrix.system == 'Windows'": False,
    "${{ !cancelled() }}": True,
    "${{ failure() }}": False,
}


class UnknownExpressionError(Exception):
    """A step asks for what this cannot know."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.workflow_job", description=__doc__.split("\n")[0])
    parser.add_argument("workflow", help="a file of .github/workflows")
    parser.add_argument("job")
    parser.add_argument("values", nargs="*", metavar="NAME=VALUE", help="what expressions stand for")
    parser.add_argument("--python", default=sys.executable, help="the Python of the job")
    parser.add_argument("--more", action="append", default=[], metavar="PATH", help="a further Python, by its version")
    parser.add_argument("--bash", default="bash", help="the shell, for instance one in a root of its own")
    arguments = parser.parse_intermixed_args()
    job = yaml.safe_load((ROOT / ".github/workflows" / arguments.workflow).read_text("utf-8"))["jobs"][arguments.job]
    values = dict(value.partition("=")[::2] for value in arguments.values)
    # In the temporary folder, which is the one that a shell in another root sees, too.
    with tempfile.TemporaryDirectory(prefix="job-") as folder:
        home = Path(folder)
        subprocess.run(["git", "clone", "-q", ROOT, home / "clone"], check=True)
        pythons(home / "bin", arguments.python, arguments.more)
        try:
            return run(job, home, values, arguments.bash)
        except UnknownExpressionError as error:
            parser.error(str(error))


def pythons(folder: Path, python: str, more: list[str]) -> None:
    """Makes python3 and python3.N stand for these, as setup-python does."""
    folder.mkdir()
    for name in ("python3", "python"):
        (folder / name).symlink_to(python)
    for path in more:
        version = subprocess.run(
            [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        (folder / f"python{version.stdout.strip()}").symlink_to(path)


def run(job: dict, home: Path, values: Mapping[str, str], bash: str) -> int:
    """Runs the steps one after the other; the exit status of the first that fails."""
    summary = home / "summary.md"
    summary.touch()
    runner = {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_OS": "Linux"}
    path = os.pathsep.join([str(home / "bin"), os.environ["PATH"]])
    environment = os.environ | runner | {"PATH": path} | variables(job, values)
    status = 0
    for number, step in enumerate(job["steps"]):
        if "if" in step and not known(CONDITIONS, step["if"]):
            continue
        if "/upload-artifact@" in step.get("uses", ""):
            take_reports(home / "clone", step["with"]["path"])
        elif "run" in step and not status:
            script = home / f"step-{number}.sh"
            script.write_text(step["run"], "utf-8")
            command = [bash, *known(SHELLS, step.get("shell")), str(script)]
            print(f"-- {step['name']}", flush=True)
            status = subprocess.run(command, cwd=home / "clone", env=environment | variables(step, values)).returncode
    print(summary.read_text("utf-8"), end="")
    return status


def variables(holder: dict, values: Mapping[str, str]) -> dict[str, str]:
    """The variables that a job or a step sets."""
    return {
        name: EXPRESSION.sub(lambda found: known(values, found[1]), str(text))
        for name, text in holder.get("env", {}).items()
    }


def known(table, name):
    if name not in table:
        raise UnknownExpressionError(f"the workflow asks for {name}, which this cannot answer: give {name}=VALUE")
    return table[name]


def take_reports(clone: Path, pattern: str) -> None:
    found = sorted(clone.glob(pattern))
    for file in found:
        (ROOT / "reports").mkdir(exist_ok=True)
        shutil.copy(file, ROOT / "reports")


if __name__ == "__main__":
    sys.exit(main())
