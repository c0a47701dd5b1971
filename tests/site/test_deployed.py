"""What is asked of the published site, asked of the built one and of others that are not as they should be."""

import csv
import shutil

import pytest

from .. import deployed
from .conftest import SUB_PATH, served


def commit(site) -> str:
    with (site / deployed.EVIDENCE).open(encoding="utf-8") as file:
        return next(row["commit"] for row in csv.DictReader(file) if row["commit"])


def problems(address: str, commit: str) -> dict[str, str]:
    return {name: problem for name, problem in deployed.checks(address, commit, patience=0) if problem}


def test_the_built_site_is_as_it_should_be(site, address):
    names = [name for name, problem in deployed.checks(address, commit(site), patience=0)]
    assert problems(address, commit(site)) == {}
    assert len(names) > 20 and any(name.endswith(".wasm") for name in names)


def test_the_site_of_another_commit_is_told(address):
    said = problems(address, "f" * 40)
    assert said == {deployed.EVIDENCE: f"no run of it was at commit {'f' * 12}"}


def test_what_is_not_as_it_was_built_is_told(site, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(site, broken, ignore=shutil.ignore_patterns("lab", "scale", "guide"))
    (broken / "programs" / deployed.PROGRAM).write_text("print('another')\n", "utf-8")
    (broken / "assets/run/kernel.js").unlink()
    (wasm,) = broken.glob("assets/pyodide-*/pyodide.asm.wasm")
    wasm.write_bytes(b"short")
    page = broken / "answers/create-a-process/index.html"
    page.write_text(page.read_text("utf-8").replace("<b>Ran</b>", ""), "utf-8")
    with served(broken) as address:
        said = problems(address, commit(site))
    size = (site / wasm.relative_to(broken)).stat().st_size
    assert said == {
        "answers/create-a-process/": "it shows no evidence",
        f"programs/{deployed.PROGRAM}": "another program than in the repository",
        "assets/run/kernel.js": "status 404",
        wasm.relative_to(broken).as_posix(): f"5 bytes, not {size}",
    }


@pytest.mark.parametrize("address", [f"http://127.0.0.1:9{SUB_PATH}"])  # nothing listens there
def test_a_host_that_does_not_answer_is_told(address):
    said = problems(address, "f" * 40)
    assert said[deployed.EVIDENCE] == said[""] == "status 0" and len(said) > 5
