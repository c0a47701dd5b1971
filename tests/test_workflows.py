"""The workflows: sound by the schemas and by zizmor, pinned, and running the README's own commands."""

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml
from byexample.evidence.data import RUN_IN_PAGE
from byexample.evidence.required import SYSTEM
from byexample.pages.places import SUPPORTED, SYSTEMS

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


def job(workflow: str, name: str) -> dict:
    return yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text("utf-8"))["jobs"][name]


def test_zizmor_finds_nothing():
    strictly = ["--offline", "--no-progress", "--strict-collection", "--persona=auditor"]
    done = run("zizmor", *strictly, *WORKFLOWS, DEPENDABOT)
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
    (lint,) = [step["run"] for step in steps("checks.yml") if step.get("name") == "Lint"]
    assert lint == shell_line("pytest").removesuffix("pytest") + f"{LINT} --show-diff-on-failure"
    assert f'"${{test%pytest}}{LINT} --show-diff-on-failure"' in (ROOT / ".ci/run").read_text("utf-8")
    assert f"\n{LINT}\n" in (ROOT / "docs/contributing.md").read_text("utf-8")
    done = run("pre-commit", "validate-config", HOOKS)
    assert done.returncode == 0, done.stdout + done.stderr
    (hooks,) = yaml.safe_load(HOOKS.read_text("utf-8"))["repos"]
    assert hooks["repo"] == "local" and {hook["language"] for hook in hooks["hooks"]} == {"system"}
    assert [hook["entry"] for hook in hooks["hooks"] if not installed(hook["entry"].split()[0])] == []


@pytest.mark.parametrize(
    ("workflow", "name", "arguments"),
    [
        ("checks.yml", "harness", " tests --ignore=tests/site"),
        ("checks.yml", "site", " tests/site"),
        ("legs.yml", "examples", " README.md docs"),
        ("legs.yml", "free-threaded", ' docs "--python=$PROGRAMS"'),
        ("legs.yml", "harness", " tests"),
    ],
)
def test_tests_run_with_the_lines_of_the_readme(workflow, name, arguments):
    lines = [step["run"] for step in job(workflow, name)["steps"] if "pytest" in step.get("run", "")]
    shell = shell_line("pytest") + arguments
    powershell = powershell_line("pytest").replace("pytest }", f"pytest{arguments.replace('$', '$env:')} }}")
    assert lines == ([shell] if workflow == "checks.yml" else [shell, powershell])


def test_examples_run_on_every_supported_python_and_system():
    matrix = job("legs.yml", "examples")["strategy"]["matrix"]
    assert tuple(matrix["python"]) == SUPPORTED and tuple(matrix["system"]) == SYSTEMS
    assert SYSTEM in matrix["system"]
    harness = job("checks.yml", "harness")["strategy"]["matrix"]["python"]
    assert harness == [SUPPORTED[0], SUPPORTED[-1]]


def test_every_python_on_every_runner_leaves_a_report_of_its_own():
    for name in ("examples", "free-threaded"):
        *_, rename, upload = job("legs.yml", name)["steps"]
        assert rename["env"]["LEG"] == "${{ matrix.system }}-${{ matrix.python }}"
        assert rename["run"] == 'mv reports/local.xml "reports/$LEG.xml"'
        assert upload["with"]["name"] == f"report-{rename['env']['LEG']}"  # publish.yml collects report-*
        assert upload["if"] == rename["if"] == "${{ !cancelled() }}"


def test_pages_that_plain_pytest_leaves_out_have_a_job_and_a_report():
    scale = job("legs.yml", "scale")
    (line,) = [step["run"] for step in scale["steps"] if "run" in step]
    apart = RUN_APART.removeprefix("pytest")
    assert line == shell_line("pytest") + apart + "".join(f" --python=python{version}" for version in SUPPORTED)
    assert scale["steps"][-1]["with"]["name"] == "report-scale"


def test_run_buttons_that_plain_pytest_leaves_out_have_jobs_and_reports():
    """The jobs run the command that the build names if a button is not proved; .ci/run runs it for the six answers."""
    apart = RUN_IN_PAGE.removeprefix("pytest")
    for name, report, more in [
        ("in-the-page", "page", ' -k "not WebKit"'),
        ("in-the-page-webkit", "webkit", " -k WebKit tests/site/test_live_browsers.py"),
    ]:
        *_, test, upload = job("legs.yml", name)["steps"]
        assert test["run"] == shell_line("pytest") + apart.replace("page.xml", f"{report}.xml") + more
        assert upload["with"]["name"] == f"report-{report}"
    assert f'"$test{apart.replace(" --", " -k answers/ --")}"' in (ROOT / ".ci/run").read_text("utf-8")
    assert RUN_IN_PAGE in (ROOT / "docs/contributing.md").read_text("utf-8")


# -- publishing


def test_publishing_asks_first_whether_pages_is_set_up_and_says_what_to_do():
    pages = job("publish.yml", "pages")
    assert "needs" not in pages
    ask, say = pages["steps"]
    assert "/configure-pages@" in ask["uses"]
    assert say["if"] == "${{ failure() }}" and "Settings, Pages, Source" in say["run"]
    assert job("publish.yml", "checks")["needs"] == job("publish.yml", "legs")["needs"] == "pages"


def test_only_the_default_branch_is_published():
    assert (
        job("publish.yml", "pages")["if"]
        == "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
    )


def succeeded(*names: str) -> str:
    return "${{ !cancelled() && " + " && ".join(f"needs.{name}.result == 'success'" for name in names) + " }}"


def test_publishing_needs_the_checks_and_not_every_leg():
    """What the legs prove is the build's to judge; a runner that failed leaves its job red, and the site goes on."""
    build = job("publish.yml", "build")
    assert build["needs"] == ["pages", "checks", "legs"] and build["if"] == succeeded("pages", "checks")
    deploy, verify = job("publish.yml", "deploy"), job("publish.yml", "verify")
    assert deploy["needs"] == "build" and deploy["if"] == succeeded("build")
    assert verify["needs"] == "deploy" and verify["if"] == succeeded("deploy")
    for name in ("checks", "legs"):
        assert (
            job("publish.yml", name)["uses"]
            == job("pull-request.yml", name)["uses"]
            == f"$/.github/workflows/{name}.yml"
        )


def test_publishing_builds_with_the_line_of_the_readme_and_asks_for_evidence():
    (build,) = [step for step in job("publish.yml", "build")["steps"] if step.get("name") == "Build"]
    assert build["run"] == shell_line("mkdocs serve").removesuffix("mkdocs serve") + "mkdocs build --strict"
    assert build["env"]["EVIDENCE"] == "required"


def test_what_happened_is_told_in_the_summary_of_the_run():
    set_up = shell_line("pytest").removesuffix("pytest")
    summary = ' >> "$GITHUB_STEP_SUMMARY"'
    lines = commands("publish.yml")
    assert f"{set_up}python -m tests.stand_in earlier{summary}" in lines
    assert f".venv/bin/uv run --no-project --python .venv python -m tests.losses{summary}" in lines
    assert f'{set_up}python -m tests.deployed "$ADDRESS" "$GITHUB_SHA"{summary}' in lines


def test_reports_of_pull_requests_never_stand_in():
    """Anyone can upload an artifact of this name from a pull request: only this branch of this repository counts."""
    (collect,) = [step for step in job("publish.yml", "build")["steps"] if "artifacts?name=" in step.get("run", "")]
    ours = ".workflow_run.head_branch == env.BRANCH and .workflow_run.head_repository_id == .workflow_run.repository_id"
    assert f"select({ours})" in collect["run"]
    assert collect["env"]["BRANCH"] == "${{ github.event.repository.default_branch }}"
    kept = [
        step["with"]["name"]
        for step in job("publish.yml", "build")["steps"]
        if "/upload-artifact@" in step.get("uses", "")
    ]
    assert kept == ["published-reports"] and "name=published-reports" in collect["run"]


def test_a_pull_request_is_answered_first_where_it_changed_something():
    touched = job("pull-request.yml", "touched")
    checkout, _, test = touched["steps"]
    assert checkout["with"]["fetch-depth"] == 0 and touched["timeout-minutes"] <= 10
    assert test["run"] == shell_line("pytest").removesuffix("pytest") + 'python -m tests.touched "$BASE"'
    workflow = yaml.safe_load((ROOT / ".github/workflows/pull-request.yml").read_text("utf-8"))
    assert all(set(each["permissions"].items()) == {("contents", "read")} for each in workflow["jobs"].values())


def test_ci_runs_the_linux_jobs_as_they_stand():
    """But for the Run buttons, of which it tries those of the six answers, and the build."""
    script = (ROOT / ".ci/run").read_text("utf-8")
    lines = [line.strip() for line in script.splitlines()]
    jobs = {tuple(line.split()[1:3]) for line in lines if line.startswith("job ")}
    assert jobs == {
        ("checks.yml", "harness"),
        ("checks.yml", "site"),
        ("legs.yml", "examples"),
        ("legs.yml", "scale"),
    }
