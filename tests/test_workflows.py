"""The workflows: sound by the schemas and by zizmor, pinned, and running the README's own commands."""

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml
from byexample.evidence.data import RUN_IN_PAGE

from .harness.selection import RUN_APART
from .test_readme import LINT, powershell_line, shell_line

ROOT = Path(__file__).parents[1]
DEPENDABOT = ROOT / ".github/dependabot.yml"
CONFIG = ROOT / ".github/ISSUE_TEMPLATE/config.yml"  # which GitHub shows beside the forms
FORMS = sorted(set(CONFIG.parent.iterdir()) - {CONFIG})
HOOKS = ROOT / ".pre-commit-config.yaml"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def installed(tool: str) -> str | None:
    """The path of a command of this environment; None if it has none of that name."""
    return shutil.which(tool, path=sysconfig.get_path("scripts"))


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess:
    """Runs a command of this environment."""
    program = installed(tool)
    assert program, f"{tool} is not in this environment: install requirements.txt"
    return subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=120)


def steps(workflow: str) -> list[dict]:
    """All steps of all jobs of a workflow."""
    jobs = yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text("utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job.get("steps", [])]


def commands(workflow: str) -> list[str]:
    return [step["run"] for step in steps(workflow) if "run" in step]


def test_zizmor_finds_nothing():
    done = run("zizmor", "--offline", "--no-progress", "--strict-collection", *WORKFLOWS, DEPENDABOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "schema, files",
    [
        ("github-workflows", WORKFLOWS),
        ("dependabot", [DEPENDABOT]),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [CONFIG]),
    ],
)
def test_schema(schema, files):
    assert files
    done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit(path):
    uses = re.findall(r"^[ -]*uses: *(.+)$", path.read_text("utf-8"), re.MULTILINE)
    own = re.compile(r"\$/\.github/workflows/([\w.-]+)")
    pinned = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert uses
    for action in uses:
        workflow = own.match(action)
        assert (ROOT / ".github/workflows" / workflow[1]).is_file() if workflow else pinned.fullmatch(action), action


def test_every_checkout_forgets_its_token():
    checkouts = [step for path in WORKFLOWS for step in steps(path.name) if "/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_each_job_asks_for_what_it_may(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert all(job["permissions"] for job in workflow["jobs"].values())


def test_the_same_is_linted_at_a_commit_on_github_and_in_ci():
    """The hooks are the one list of linters, and need nothing but what requirements.txt has."""
    (lint,) = [step["run"] for step in steps("test.yml") if step.get("name") == "Lint"]
    assert lint == shell_line("pytest").removesuffix("pytest") + f"{LINT} --show-diff-on-failure"
    assert f'"${{test%pytest}}{LINT} --show-diff-on-failure"' in (ROOT / ".ci/run").read_text("utf-8")
    assert f"\n{LINT}\n" in (ROOT / "docs/contributing.md").read_text("utf-8")
    done = run("pre-commit", "validate-config", HOOKS)
    assert done.returncode == 0, done.stdout + done.stderr
    (hooks,) = yaml.safe_load(HOOKS.read_text("utf-8"))["repos"]
    assert hooks["repo"] == "local" and {hook["language"] for hook in hooks["hooks"]} == {"system"}
    assert [hook["entry"] for hook in hooks["hooks"] if not installed(hook["entry"].split()[0])] == []


def test_tests_run_with_the_lines_of_the_readme():
    assert shell_line("pytest") in commands("test.yml")
    assert powershell_line("pytest") in commands("test.yml")


def test_programs_run_under_free_threaded_pythons_with_the_lines_of_the_readme():
    shell, powershell = shell_line("pytest"), powershell_line("pytest")
    assert f'{shell} docs "--python=$PROGRAMS"' in commands("test.yml")
    assert powershell.replace("pytest }", 'pytest docs "--python=$env:PROGRAMS" }') in commands("test.yml")


def test_pages_that_plain_pytest_leaves_out_have_a_job_and_a_report():
    job = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text("utf-8"))["jobs"]["scale"]
    (line,) = [step["run"] for step in job["steps"] if "run" in step]
    apart = RUN_APART.removeprefix("pytest")
    assert job["name"] == "Beyond one machine"
    assert line.startswith(shell_line("pytest") + apart + " --python=")
    assert job["steps"][-1]["with"]["name"] == "report-scale"  # publish.yml collects report-*
    assert f'"$test{apart}$options"' in (ROOT / ".ci/run").read_text("utf-8")


def test_run_buttons_that_plain_pytest_leaves_out_have_jobs_and_reports():
    """The jobs run the command that the build names if a button is not proved; .ci/run runs it for the six answers."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text("utf-8"))["jobs"]
    apart = RUN_IN_PAGE.removeprefix("pytest")
    for name, report, more in [
        ("in-the-page", "page", ' -k "not WebKit"'),
        ("in-the-page-webkit", "webkit", " -k WebKit tests/site/test_live_browsers.py"),
    ]:
        line = jobs[name]["steps"][-2]["run"]
        assert line == shell_line("pytest") + apart.replace("page.xml", f"{report}.xml") + more
        assert jobs[name]["steps"][-1]["with"]["name"] == f"report-{report}"  # publish.yml collects report-*
    assert f'"$test{apart.replace(" --", " -k answers/ --")}"' in (ROOT / ".ci/run").read_text("utf-8")
    assert RUN_IN_PAGE in (ROOT / "docs/contributing.md").read_text("utf-8")


def test_publishing_builds_with_the_line_of_the_readme():
    line = shell_line("mkdocs serve").removesuffix("mkdocs serve") + "mkdocs build --strict"
    assert line in commands("publish.yml")


def test_publishing_needs_the_tests():
    jobs = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]
    assert jobs["test"]["uses"].endswith("/test.yml")
    assert jobs["build"]["needs"] == "test" and jobs["deploy"]["needs"] == "build"
