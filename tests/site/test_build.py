"""The strict build: what it publishes, and what it must not let pass."""

import os
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import psutil
import pytest
from bs4 import BeautifulSoup

from .conftest import ADDRESS, ROOT, build, built_before, left_as_it_was, without_notebooks
from .test_browser import SOURCES, url_of


def append(page: Path, text: str) -> None:
    page.write_text(page.read_text("utf-8") + text, "utf-8")


PAGE = "docs/answers/create-a-process.md"


def test_the_strict_build_names_all_that_leads_nowhere(copy):
    without_notebooks(copy)
    append(copy / PAGE, "\n[a](no-such-page.md) [b](create-a-pool.md#no-such-anchor) [c](#not-here-either)\n")
    (copy / "docs/answers/orphan.md").write_text("---\ndescription: Lost.\n---\n\n# Orphan\n", "utf-8")
    before = built_before(copy / "out")
    done = build(copy / "out", root=copy)
    assert done.returncode != 0 and left_as_it_was(before)
    for name in ("no-such-page.md", "no-such-anchor", "not-here-either", "orphan.md"):
        assert name in done.stderr, f"the build does not name {name}:\n{done.stderr}"


def test_the_build_names_all_that_is_refused_with_page_and_line(copy):
    without_notebooks(copy)
    page = copy / PAGE
    append(page, '\n```python title="gone.py"\n--8<-- "snippets/answers/gone.py"\n```\n')
    append(page, "\n```console {any-ordr}\n$ python hello_process.py\n```\n")
    other = copy / "docs/answers/create-a-pool.md"
    other.write_text(other.read_text("utf-8").replace("description: ", "description: a colon: here, ", 1), "utf-8")
    lines = page.read_text("utf-8").splitlines()
    done = build(copy / "out", root=copy)
    assert done.returncode != 0 and "Traceback" not in done.stderr
    missing, unknown = lines.index('--8<-- "snippets/answers/gone.py"') + 1, lines.index("```console {any-ordr}") + 1
    assert f"{PAGE}:{missing}: no file `snippets/answers/gone.py`" in done.stderr
    assert f"{PAGE}:{unknown}: unknown attribute `any-ordr`" in done.stderr
    assert "docs/answers/create-a-pool.md:1: the lines between --- at its head are not YAML" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_the_build_refuses_what_is_no_plain_file_before_it_reads_anything(copy):
    before = built_before(copy / "out")
    os.mkfifo(copy / "snippets/answers/pipe.py")  # who reads it waits
    (copy / "docs/assets/picture.png").symlink_to("/etc/passwd")
    done = build(copy / "out", root=copy)
    assert done.returncode != 0 and "Traceback" not in done.stderr and left_as_it_was(before)
    assert "snippets/answers/pipe.py: neither a file nor a folder: delete it" in done.stderr
    assert "docs/assets/picture.png: a link leads from here out of docs/" in done.stderr


def test_the_build_fails_on_a_page_that_no_test_reads(copy):
    without_notebooks(copy)
    text = "# Another\n\n```console\n$ python no.py\nnever ran\n```\n"
    (copy / "docs/errors/another.markdown").write_text(text, "utf-8")
    done = build(copy / "out", root=copy)
    assert done.returncode != 0
    assert "errors/another.markdown: the tests read pages whose name ends in .md" in done.stderr


HEAD = """# ---
# description: A notebook for a test.
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

"""


def notebook(root: Path, cell: str) -> Path:
    """The site with this notebook and no other, which is quick to build."""
    without_notebooks(root)
    configuration = root / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("  - Evidence:", "  - Lab:\n      - lab/small.py\n  - Evidence:", 1), "utf-8")
    page = root / "docs/lab/small.py"
    page.parent.mkdir()
    modules = ("lab_tasks", "measure", "plot")
    (root / "snippets/lab").mkdir()
    for module in modules:
        shutil.copy(ROOT / f"snippets/lab/{module}.py", root / "snippets/lab")
    imports = f"import {', '.join(modules)}"
    page.write_text(f"{HEAD}# %% [markdown]\n# # A small notebook\n\n# %%\n{imports}\n\n# %%\n{cell}\n", "utf-8")
    return page


def test_a_raising_cell_stops_the_build_and_is_named(copy):
    page = notebook(copy, "answer = 1 // 0  # the raising cell")
    done = build(copy / "out", root=copy)
    assert done.returncode != 0
    line = page.read_text("utf-8").splitlines().index("answer = 1 // 0  # the raising cell") + 1
    assert f"{page.name}:{line}: cell" in done.stderr and "ZeroDivisionError" in done.stderr


def test_a_hanging_cell_stops_the_build_and_is_named(copy):
    hook = copy / "docs/hooks/byexample/notebooks.py"
    hook.write_text(hook.read_text("utf-8").replace("CELL_SECONDS = 60", "CELL_SECONDS = 3"), "utf-8")
    # A Pool over a cell's own function waits for ever, and replaces its workers for ever.
    cell = 'import multiprocessing\ndef f(x): return x\nmultiprocessing.get_context("spawn").Pool(1).map(f, [1])'
    page = notebook(copy, cell)
    line = page.read_text("utf-8").splitlines().index(cell.splitlines()[0], -5) + 1
    done = build(copy / "out", root=copy)
    assert done.returncode != 0
    assert f"{page.name}:{line}: cell" in done.stderr and "still running after 3 s" in done.stderr
    assert not processes_in(copy)


def test_a_drawing_stands_before_its_code_and_a_source_is_shown_as_code(copy):
    cell = (
        'import plot\nplot.bars({"": {"a": [1, 2, 3]}}, "a took 2 s", "Task", "Time")\n\n'
        "# %%\nimport inspect\nfrom IPython.display import Code\n"
        'Code(inspect.getsource(lab_tasks.square), language="python")'
    )
    page = notebook(copy, cell)
    page.write_text(page.read_text("utf-8").replace("# %%\nimport plot", '# %% tags=["drawing"]\nimport plot'), "utf-8")
    done = build(copy / "out", root=copy)
    assert done.returncode == 0, done.stdout + done.stderr
    shown = BeautifulSoup((copy / "out/lab/small/index.html").read_text("utf-8"), "html.parser").select("figure.cell")
    first, code = shown[1].find_all(recursive=False)
    assert {svg["aria-label"] for svg in first.select("svg[role=img]")} == {"Plot: A took 2 s"}
    assert "Measured on " in first.get_text() and not first.select("script, [id]")
    assert code.name == "details" and "plot.bars" in code.get_text()
    source = shown[2].select_one(".source-of")
    assert source.select_one(".k").get_text() == "def" and not shown[2].select("style")
    assert source.get_text().strip() == "def square(number):\n    return number * number"


def processes_in(folder: Path) -> list[psutil.Process]:
    """Processes that work in the folder or below it."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
        except psutil.Error:
            continue  # gone, or somebody else's
    return found


def test_every_page_has_what_search_engines_and_link_previews_want(site):
    for source in SOURCES:
        page = (site / url_of(source) / "index.html").read_text("utf-8")
        for wanted in ('<meta name="description"', '<link rel="canonical"', '"og:title"', '"og:description"'):
            assert wanted in page, f"{source.name}: no {wanted}"
        assert ADDRESS + url_of(source) in page


def test_the_sitemap_lists_every_page(site):
    listed = {node.text for node in ElementTree.parse(site / "sitemap.xml").iter() if node.tag.endswith("loc")}
    assert listed == {ADDRESS + url_of(source) for source in SOURCES}


def test_nothing_points_to_an_unknown_repository(site):
    """Without an address from the environment there is no link to edit a page, rather than a broken one."""
    for page in site.rglob("*.html"):
        assert "edit_uri" not in page.read_text("utf-8") and "/edit/" not in page.read_text("utf-8"), page


def test_with_a_repository_pages_link_to_their_source(copy):
    without_notebooks(copy)
    repository = "https://example.org/someone/by-example"
    done = build(copy / "out", root=copy, REPO_URL=repository, SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (copy / "out/answers/create-a-process/index.html").read_text("utf-8")
    assert re.search(re.escape(repository) + r"/edit/[^\"]+/docs/answers/create-a-process\.md", page)


@pytest.mark.longest  # with the build of the site, which others wait for
def test_no_working_file_is_published(site):
    published = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [path for path in published if path.endswith((".pyc", ".j2", ".yml")) or "/." in f"/{path}"]
    assert not [path for path in published if "hooks" in path or "node_modules" in path]
    assert not [path for path in published if path.startswith("assets/run/") and path.endswith((".py", "-lock.json"))]
    names = {path.rpartition("/")[2] for path in published}
    assert not names & {"package.json", "package-lock.json", ".npmrc", "pyodide-licence.txt"}
