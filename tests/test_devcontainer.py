"""The dev container, for Codespaces: its commands are the README's own lines, its image stays the same."""

import json
import re
from pathlib import Path

from .test_readme import shell_line

ROOT = Path(__file__).parents[1]
CONTAINER = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
# The properties that it uses, as the specification has them (containers.dev, "Dev Container metadata reference").
KINDS = {
    "name": str,
    "image": str,
    "updateContentCommand": str,
    "postAttachCommand": dict,
    "forwardPorts": list,
    "portsAttributes": dict,
    "remoteEnv": dict,
}


def test_it_has_properties_of_the_specification_only():
    assert {name: type(value) for name, value in CONTAINER.items()} == KINDS


def test_it_runs_the_two_lines_of_the_readme():
    serve, test = CONTAINER["postAttachCommand"]["serve"], CONTAINER["postAttachCommand"]["test"]
    assert serve == shell_line("mkdocs serve")
    assert test == f"[ -e reports/local.xml ] || {{ {shell_line('pytest')}; }}"  # all tests once, not at every visit


def test_both_find_their_environment_ready():
    set_up, _, _ = shell_line("pytest").rpartition(" && ")
    assert CONTAINER["updateContentCommand"] == set_up
    assert shell_line("mkdocs serve").startswith(set_up)


def test_the_report_that_tells_of_the_first_run_is_the_one_that_pytest_leaves():
    assert "--junit-xml=reports/local.xml" in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_image_is_pinned_by_its_digest():
    assert re.fullmatch(r"python:3\.\d+-\w+@sha256:[0-9a-f]{64}", CONTAINER["image"])


def test_the_port_of_the_site_is_forwarded():
    assert CONTAINER["forwardPorts"] == [8000] and list(CONTAINER["portsAttributes"]) == ["8000"]
    assert "http://127.0.0.1:8000/" in (ROOT / "README.md").read_text("utf-8")
