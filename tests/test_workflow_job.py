"""Running a workflow's job here: its steps as they stand, and an error where that is impossible."""

import sys

import pytest
import yaml

from . import workflow_job


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a job of these steps in a folder that stands for the clone: its status."""
    (tmp_path / "clone/reports").mkdir(parents=True)
    monkeypatch.setattr(workflow_job, "ROOT", tmp_path / "repository")
    (tmp_path / "repository").mkdir()
    workflow_job.pythons(tmp_path / "bin", sys.executable, [])

    def run(steps: str, **values: str) -> int:
        return workflow_job.run({"steps": yaml.safe_load(steps)}, tmp_path, values, "bash")

    return run


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the job is one of a Linux runner")


def test_steps_run_as_they_stand_until_one_fails(run, capfd):
    steps = """
    - {name: one, run: "echo first; python3 -c 'import sys; print(sys.version_info[0])'"}
    - {name: two, run: "false\\necho not reached"}
    - {name: three, run: "echo not reached"}
    """
    assert run(steps) == 1
    said = capfd.readouterr().out
    assert "first\n3\n" in said and "not reached" not in said


def test_variables_of_the_runner_and_of_steps_are_there(run, capfd):
    steps = """
    - name: a
      env: {LEG: "${{ matrix.system }}-${{ matrix.python }}"}
      run: echo "$LEG $CI" >> "$GITHUB_STEP_SUMMARY"
    """
    assert run(steps, **{"matrix.system": "Linux", "matrix.python": "3.14"}) == 0
    assert "Linux-3.14 true\n" in capfd.readouterr().out


def test_what_is_uploaded_is_kept_even_if_a_step_failed(run, tmp_path):
    steps = """
    - {name: a, run: "touch reports/x.xml; false"}
    - {if: "${{ !cancelled() }}", uses: some/upload-artifact@0, with: {path: "reports/*.xml"}}
    """
    assert run(steps) == 1
    assert [path.name for path in (tmp_path / "repository/reports").iterdir()] == ["x.xml"]


@pytest.mark.parametrize(
    "steps",
    [
        "[{name: a, env: {A: '${{ github.token }}'}, run: x}]",
        "[{name: a, if: 'always()', run: x}]",
        "[{name: a, shell: fish, run: x}]",
    ],
)
def test_what_is_not_known_is_an_error(run, steps):
    with pytest.raises(workflow_job.UnknownExpressionError, match="the workflow asks for"):
        run(steps)


def test_every_job_of_the_legs_and_checks_can_be_run_here():
    for name in ("legs.yml", "checks.yml"):
        jobs = yaml.safe_load((workflow_job.ROOT / ".github/workflows" / name).read_text("utf-8"))["jobs"]
        for job in jobs.values():
            for step in job["steps"]:
                assert step.get("if") in (None, *workflow_job.CONDITIONS)
                if "powershell" not in step.get("shell", ""):
                    workflow_job.known(workflow_job.SHELLS, step.get("shell"))
