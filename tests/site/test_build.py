"""The strict build: what it publishes, and what it must not let pass."""

import re
from pathlib import Path
from xml.etree import ElementTree

import psutil
import pytest
from bs4 import BeautifulSoup

from .conftest import ADDRESS, build, without_notebooks
from .test_browser import SOURCES, url_of


def append(page: Path, text: str) -> None:
    page.write_text(page.read_text("utf-8") + text, "utf-8")


PAGE = "docs/answers/create-a-process.md"


def missing_include(root):
    append(root / PAGE, '\n```python title="gone.py"\n--8<-- "snippets/answers/gone.py"\n```\n')
    return "gone.py"


def dead_link(root):
    append(root / PAGE, "\n[dead](no-such-page.md)\n")
    return "no-such-page.md"


def dead_anchor(root):
    append(root / PAGE, "\n[dead](create-a-pool.md#no-such-anchor)\n")
    return "no-such-anchor"


def dead_anchor_here(root):
    append(root / PAGE, "\n[dead](#no-such-anchor)\n")
    return "no-such-anchor"


def orphan(root):
    (root / "docs/answers/orphan.md").write_text("# Orphan\n", "utf-8")
    return "orphan.md"


def page_that_no_test_reads(root):
    (root / "docs/errors/another.markdown").write_text(
        "# Another\n\n```console\n$ python no.py\nnever ran\n```\n", "utf-8"
    )
    return "errors/another.markdown: the tests read pages whose name ends in .md"


def unknown_attribute(root):
    append(root / PAGE, "\n```console {any-ordr}\n$ python hello_process.py\n```\n")
    return "any-ordr"


def unreadable_front_matter(root):
    page = root / PAGE
    page.write_text(page.read_text("utf-8").replace("description: ", "description: a colon: here, ", 1), "utf-8")
    return "create-a-process.md: the lines between --- at its head are not YAML"


@pytest.mark.parametrize(
    "sabotage",
    [
        unreadable_front_matter,
        missing_include,
        dead_link,
        dead_anchor,
        dead_anchor_here,
        orphan,
        page_that_no_test_reads,
        unknown_attribute,
    ],
)
def test_the_strict_build_fails_on(sabotage, copy):
    without_notebooks(copy)
    named = sabotage(copy)
    done = build(copy / "out", root=copy)
    assert done.returncode != 0
    assert named in done.stderr + done.stdout


def test_the_copy_itself_builds(copy):
    without_notebooks(copy)
    done = build(copy / "out", root=copy)
    assert done.returncode == 0, done.stdout + done.stderr


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
    page.write_text(f"{HEAD}# %% [markdown]\n# # A small notebook\n\n# %%\nimport lab_tasks\n\n# %%\n{cell}\n", "utf-8")
    return page


def test_a_raising_cell_stops_the_build_and_is_named(copy):
    page = notebook(copy, "answer = 1 // 0  # the raising cell")
    done = build(copy / "out", root=copy)
    assert done.returncode != 0
    line = page.read_text("utf-8").splitlines().index("answer = 1 // 0  # the raising cell") + 1
    assert f"{page.name}:{line}: cell" in done.stderr and "ZeroDivisionError" in done.stderr


def test_a_hanging_cell_stops_the_build_and_is_named(copy):
    hook = copy / "docs/.theme/notebooks.py"
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
