"""Fetches a few files of the published site, and tells whether they are this commit's.

    python -m tests.deployed ADDRESS COMMIT

Prints a table in Markdown; exit status 1 if something is not as it was built. A host may go on serving the deployment
before for some minutes, so it waits until the evidence names the commit.
"""

import argparse
import csv
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin

from . import ROOT

PATIENCE = 600.0  # seconds; GitHub Pages lets caches keep files for ten minutes
PAUSE = 15.0  # seconds between two looks
EVIDENCE = "evidence.csv"
PAGES = ("", "answers/create-a-process/")
PROGRAM = "answers/hello_process.py"
RUN = "assets/run/"
SCRIPT = ("text/javascript", "application/javascript")


@dataclass(frozen=True)
class Answer:
    """What the host said."""

    status: int
    headers: Message
    body: bytes


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.deployed", description=__doc__.split("\n")[0])
    parser.add_argument("address", help="of the site, with a final slash")
    parser.add_argument("commit", help="from which it was built, in full")
    arguments = parser.parse_args()
    rows = list(checks(arguments.address, arguments.commit))
    print("| file | as it was built |\n|---|---|")
    for name, problem in rows:
        print(f"| [{name or 'home'}]({urljoin(arguments.address, name)}) | {problem or 'yes'} |")
    return 1 if any(problem for _, problem in rows) else 0


def checks(address: str, commit: str, patience: float = PATIENCE) -> Iterator[tuple[str, str | None]]:
    """Names of files, each with what is wrong with it, if anything is."""
    yield EVIDENCE, wait_for(address, commit, time.monotonic() + patience)
    for name in PAGES:
        page = fetch(address + name)
        yield name, wrong(page, ("text/html",)) or (None if b"<b>Ran</b>" in page.body else "it shows no evidence")
    program = fetch(address + "programs/" + PROGRAM)
    same = program.body == (ROOT / "snippets" / PROGRAM).read_bytes()
    yield "programs/" + PROGRAM, wrong(program) or (None if same else "another program than in the repository")
    absent = fetch(address + "no-such-page/")
    yield "no-such-page/", None if absent.status == 404 else f"status {absent.status}, not 404"
    yield from checks_of_run(address)


def checks_of_run(address: str) -> Iterator[tuple[str, str | None]]:
    """What a Run takes: its scripts, and the files of Pyodide with their types and sizes."""
    for script in sorted((ROOT / "docs" / RUN).glob("*.js")):
        answer = fetch(address + RUN + script.name)
        yield RUN + script.name, wrong(answer, SCRIPT)
    facts = fetch(address + RUN + "python.json")
    yield RUN + "python.json", wrong(facts, ("application/json",))
    if facts.status != 200:
        return
    python = json.loads(facts.body)
    for name, size in python["sizes"].items():
        where = urljoin(address + RUN, python["pyodide"] + name)
        answer = fetch(where, "HEAD")
        types = {"wasm": ("application/wasm",), "mjs": SCRIPT}.get(name.rpartition(".")[2])
        length = answer.headers.get("Content-Length")
        yield (
            where.removeprefix(address),
            wrong(answer, types) or (None if length == str(size) else f"{length} bytes, not {size}"),
        )


def wait_for(address: str, commit: str, deadline: float) -> str | None:
    """Waits until the evidence names the commit; what is wrong if it never does."""
    while True:
        answer = fetch(address + EVIDENCE)
        rows = csv.DictReader(answer.body.decode("utf-8", "replace").splitlines())
        if any(row.get("commit") and commit.startswith(row["commit"]) for row in rows):
            return None
        if time.monotonic() >= deadline:
            return wrong(answer) or f"no run of it was at commit {commit[:12]}"
        time.sleep(PAUSE)


def wrong(answer: Answer, types: tuple[str, ...] | None = None) -> str | None:
    """What is wrong with an answer that should hold a file, of one of these types."""
    if answer.status != 200:
        return f"status {answer.status}"
    found = answer.headers.get_content_type()
    return None if types is None or found in types else f"type {found}, not {types[0]}"


def fetch(address: str, method: str = "GET") -> Answer:
    """The answer to one request, whatever its status; status 0 if there is none."""
    request = urllib.request.Request(address, method=method, headers={"Cache-Control": "no-cache"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
    except OSError:
        return Answer(0, Message(), b"")


if __name__ == "__main__":
    raise SystemExit(main())
