"""Notebook pages: cells with a time limit, errors that name the cell, and HTML as light as any other page."""

import logging
import os
import platform
import re
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import psutil
import yaml
from bs4 import BeautifulSoup, Tag
from mkdocs.exceptions import PluginError
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

log = logging.getLogger("mkdocs.hooks.notebooks")

CELL_SECONDS = 60  # mkdocs-jupyter has no limit of its own, and a Pool over a cell's own function waits for ever
MARK = "SITE_NOTEBOOK"  # in the environment of a kernel and of all that it starts

started: list[str] = []  # types of the notebook's cells up to the one that runs; front matter is a raw cell
serving = False  # `mkdocs serve`: a notebook runs again only if it, or a program, has changed
kept: dict[str, tuple[tuple, str]] = {}  # page → what it was made from, its HTML


def is_notebook(page) -> bool:
    return page.file.src_uri.endswith((".py", ".ipynb"))


def prepare(folders: Iterable[Path]) -> None:
    """Sets the kernels' environment. Notebooks import from these folders, as a program imports its neighbour."""
    paths = [str(folder) for folder in sorted(folders)]
    others = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and path not in paths]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths + others)
    os.environ["JUPYTER_CONFIG_PATH"] = str(Path(__file__).parent)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger's warning would be part of the output
    os.environ[MARK] = str(os.getpid())
    os.environ["SITE_COMMIT"] = commit()  # snippets/lab/measure.py names it below figures


def commit() -> str:
    """The commit that is checked out, with a + if files differ from it or are not in it; empty outside a git checkout."""

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=Path(__file__).parent, capture_output=True, text=True, timeout=20
        ).stdout.strip()

    try:
        name = git("describe", "--always", "--exclude=*", "--abbrev=12")
        return name + "+" if name and git("status", "--porcelain") else name
    except OSError:
        return ""


def began(**arguments) -> None:
    """Called by nbclient for each cell."""
    started.append(arguments["cell"].cell_type)


def guard(page) -> None:
    """Makes the page's rendering name the file and the cell when it fails, and end what the notebook left running."""
    render = page.render

    def guarded(*arguments):
        made_from = (Path(page.file.abs_src_path).read_bytes(), imported())
        if serving and kept.get(page.file.src_uri, ((), ""))[0] == made_from:
            page.content = kept[page.file.src_uri][1]
            return
        started.clear()
        try:
            render(*arguments)
            kept[page.file.src_uri] = made_from, page.content
        except Exception as error:
            raise PluginError(f"{where(page.file)}: {reason(error)}") from error
        finally:
            end_processes()

    page.render = guarded


def imported() -> tuple:
    """Name and age of every program that a notebook could import."""
    folders = map(Path, os.environ["PYTHONPATH"].split(os.pathsep))
    return tuple((file, file.stat().st_mtime_ns) for folder in folders for file in sorted(folder.glob("*.py")))


def where(file) -> str:
    """File, line and number of the cell that ran last."""
    if not started:
        return file.src_uri
    number = len([kind for kind in started if kind != "raw"])
    place = f"cell {number} of the notebook"
    if file.src_uri.endswith(".ipynb"):
        return f"{file.src_uri}: {place}"
    lines = Path(file.abs_src_path).read_text("utf-8").splitlines()
    marks = [at for at, line in enumerate(lines, 1) if re.match(r"# %%(?! \[raw\])", line)]
    return f"{file.src_uri}:{marks[number - 1] + 1}: {place}"


def reason(error: Exception) -> str:
    if type(error).__name__ == "CellTimeoutError":
        return f"still running after {CELL_SECONDS} s, so it was stopped, with all that it had started"
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    return f"{type(error).__name__}\n{text.strip()}"


def end_processes() -> None:
    """Ends the kernel and all its descendants; a pool replaces dead workers, so until there are none left."""
    for _ in range(100):
        found = [one for one in psutil.process_iter() if one.pid != os.getpid() and marked(one)]
        if not found:
            return
        for process in sorted(found, key=lambda one: one.pid):
            try:
                process.kill()
            except psutil.Error:
                continue  # gone by itself
        psutil.wait_procs(found, timeout=1)


def marked(process: psutil.Process) -> bool:
    try:
        return process.environ().get(MARK) == str(os.getpid())
    except (psutil.Error, OSError):
        return False


def front_matter(source: str) -> dict:
    """What stands between `# ---` lines at the head of a py:percent file; the page's description is there."""
    head = re.match(r"# ---\n((?:#.*\n)*?)# ---\n", source)
    facts = yaml.safe_load(re.sub(r"^# ?", "", head[1], flags=re.MULTILINE)) if head else None
    return facts if isinstance(facts, dict) else {}


def lighten(content: str, page, files) -> str:
    """The cells without Jupyter's 575 KB of CSS and scripts, in the markup of every other page."""
    cells = BeautifulSoup(content, "html.parser").select("div.jp-Cell[id]")
    if not cells:
        raise PluginError(f"{page.file.src_uri}: mkdocs-jupyter's markup has changed: no cells in it")
    headings = [heading for one in cells for heading in one.select(".jp-MarkdownOutput :is(h1, h2, h3)[id]")]
    page.toc = get_toc(nested([(int(one.name[1]), one["id"], one.get_text().rstrip("¶")) for one in headings]))
    page.title = next((one.get_text().rstrip("¶") for one in headings if one.name == "h1"), page.title)
    page.present_anchor_ids = {one["id"] for one in headings}
    page.links_to_anchors = {}
    return "\n".join(show(one, page, files) for one in cells) + executed()


def executed() -> str:
    """Where and when the cells ran: with this Python, just now."""
    today = date.today()
    where = f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}, {today.day} {today:%B %Y}"
    return (
        f'<div class="notes" data-search-exclude><p class="ran"><b>Ran</b> when this site was built · {where}</p></div>'
    )


def nested(headings: list[tuple[int, str, str]]) -> list[dict]:
    """(level, id, name) of headings in order, as the tree that MkDocs makes a table of contents from."""
    root: dict = {"level": 0, "children": []}
    path = [root]
    for level, anchor, name in headings:
        while path[-1]["level"] >= level:
            path.pop()
        entry = {"level": level, "id": anchor, "name": name, "children": []}
        path[-1]["children"].append(entry)
        path.append(entry)
    return root["children"]


def show(one: Tag, page, files) -> str:
    if "jp-MarkdownCell" in one["class"]:
        return prose(one.select_one(".jp-MarkdownOutput"), page, files)
    code = one.select_one(".highlight-ipynb")
    shown = "".join(output(part, page) for part in one.select(".jp-OutputArea-output"))
    fails = "celltag_raises-exception" in one["class"]
    bar = (
        '<figcaption class="bar"><strong class="verdict" data-search-exclude>This fails</strong></figcaption>'
        if fails
        else ""
    )
    source = f'<div class="highlight"><pre><code>{code.pre.decode_contents()}</code></pre></div>'
    if "celltag_drawing" in one["class"]:  # the picture is what the reader came for
        closed = f"<details><summary>The code of this drawing</summary>{source}</details>"
        return f'<figure class="example cell">{shown}{closed}</figure>'
    return f'<figure class="example cell {"fails" if fails else ""}">{bar}{source}{shown}</figure>'


def prose(part: Tag, page, files) -> str:
    """A Markdown cell; links to other pages are resolved here, since MkDocs does not see them."""
    for anchor in part.select("a.anchor-link"):
        anchor["class"] = ["headerlink"]
        anchor["title"] = "Link to this section"
        anchor.string = "#"
    for link in part.select("a[href]"):
        path, hash_sign, anchor = link["href"].partition("#")
        if path.endswith((".md", ".py")) and "://" not in path:
            uri = os.path.normpath(os.path.join(os.path.dirname(page.file.src_uri), path)).replace(os.sep, "/")
            target = files.get_file_from_path(uri)
            if target is None:
                log.warning("%s: a link to %r, which is no page", page.file.src_uri, link["href"])
            else:
                link["href"] = get_relative_url(target.url, page.url) + hash_sign + anchor
                if anchor:
                    page.links_to_anchors.setdefault(target, {})[anchor] = path + hash_sign + anchor
    return part.decode_contents()


def output(part: Tag, page) -> str:
    """What a cell printed, returned or drew."""
    text = part.select_one("pre")
    if "jp-RenderedText" in part["class"] and text:
        for span in text.select("[style]"):
            del span["style"]
        return f'<div class="terminal"><pre><code><samp>{text.decode_contents().strip(chr(10))}</samp>\n</code></pre></div>'
    for image in part.select("img"):
        if not image.get("alt") or "No description" in image["alt"]:
            raise PluginError(f"{page.file.src_uri}: an image without a text alternative: give its output an `alt`")
    if shown := part.select_one("div.highlight > pre"):  # IPython.display.Code
        for span in shown.find_all("span", string=None, class_=False):
            span.unwrap()  # Pygments begins with an empty one
        return f'<div class="highlight source-of"><pre><code>{shown.decode_contents()}</code></pre></div>'
    if part.select("script"):
        raise PluginError(f"{page.file.src_uri}: an output with a script in it: print text or draw an SVG instead")
    return f'<div class="drawn">{part.decode_contents()}</div>'
