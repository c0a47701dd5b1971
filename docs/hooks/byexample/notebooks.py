"""Notebook pages: cells with a time limit, errors that name the cell, and HTML as light as any other page."""

import logging
import os
import platform
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import jupytext
import psutil
from bs4 import BeautifulSoup, Tag

from .copies.site import SiteFile, SiteFiles
from .urls import relative

log = logging.getLogger("mkdocs.hooks.notebooks")

CELL_SECONDS = 60  # mkdocs-jupyter has no limit of its own, and a Pool over a function of a cell waits forever
MARK = "SITE_NOTEBOOK"  # in the environment of a kernel and of all that it starts
# How nbclient shows the cell that failed; it shortens a long one that took too long.
SHOWN_CELL = re.compile(r"\n-{2,}\n(?P<source>.*?)\n-{2,}", re.DOTALL)


class NotebookError(Exception):
    """A notebook that cannot be shown; says where, and what to do."""


def prepare(root: Path, commit: str) -> None:
    """Sets the kernels' environment. Notebooks import from all folders of snippets/, as a program its neighbours."""
    folders = sorted(folder for folder in (root / "snippets").rglob("*") if folder.is_dir())
    paths = [str(folder) for folder in folders if folder.name != "__pycache__"]
    others = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and path not in paths]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths + others)
    os.environ["JUPYTER_CONFIG_PATH"] = str(Path(__file__).parent)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger's warning would be part of the output
    os.environ[MARK] = str(os.getpid())
    os.environ["SITE_COMMIT"] = commit  # snippets/lab/measure.py names it below figures


@dataclass
class Notebooks:
    """Runs notebooks. Beside `mkdocs serve` one runs again only if it, or a program, has changed."""

    root: Path
    keep: bool
    kept: dict[str, tuple[object, str]] = field(default_factory=dict)  # page → what it was made from, its HTML

    def run(self, file: SiteFile, render: Callable[[], str]) -> str:
        """The HTML of a notebook, which `render` runs; NotebookError that names the cell if one fails.

        What the notebook leaves running is ended.
        """
        made_from = (Path(file.abs_src_path).read_bytes(), self.programs())
        before, content = self.kept.get(file.src_uri, (None, ""))
        if self.keep and before == made_from:
            return content
        try:
            content = render()
        except Exception as error:  # whatever a cell raises
            raise NotebookError(f"{where(file, str(error))}: {reason(error)}") from error
        finally:
            end_processes()
        self.kept[file.src_uri] = made_from, content
        return content

    def programs(self) -> list[tuple[Path, int]]:
        """Name and age of every program that a notebook could import."""
        return [(file, file.stat().st_mtime_ns) for file in sorted((self.root / "snippets").rglob("*.py"))]


def where(file: SiteFile, message: str) -> str:
    """File, line and number of the cell that a message of nbclient shows; the file alone if it shows none."""
    shown = SHOWN_CELL.search(message)
    if not shown:
        return file.src_uri
    start = shown["source"].strip().split("\n...\n")[0]  # the first lines of one that was shortened
    lines = Path(file.abs_src_path).read_text("utf-8").splitlines()
    marks = [at for at, line in enumerate(lines, 1) if re.match(r"# %%(?! \[raw\])", line)]
    cells = [cell for cell in jupytext.read(file.abs_src_path).cells if cell.cell_type != "raw"]
    for number, cell in enumerate(cells, 1):
        if cell.cell_type == "code" and cell.source.strip().startswith(start):
            return f"{file.src_uri}:{marks[number - 1] + 1}: cell {number} of the notebook"
    return file.src_uri


def reason(error: Exception) -> str:
    if type(error).__name__ == "CellTimeoutError":
        return f"still running after {CELL_SECONDS} s, so it was stopped, with all that it had started"
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    return f"{type(error).__name__}\n{text.strip()}"


def end_processes() -> None:
    """Ends the kernel and all its descendants; a pool replaces dead workers, so until there are none left."""
    for _ in range(100):
        found = [process for process in psutil.process_iter() if process.pid != os.getpid() and marked(process)]
        if not found:
            return
        for process in sorted(found, key=lambda process: process.pid):
            try:
                process.kill()
            except psutil.Error:
                continue  # gone by itself
        psutil.wait_procs(found, timeout=1)


def marked(process: psutil.Process) -> bool:
    try:
        return bool(process.environ().get(MARK) == str(os.getpid()))
    except (psutil.Error, OSError):
        return False


# -- their HTML ------------------------------------------------------------------------------------------------------


@dataclass
class Cells:
    """A notebook's page in the markup of every other page."""

    html: str
    headings: list[tuple[int, str, str]]  # level, id, text
    links: list[tuple[SiteFile, str, str]]  # to sections of other pages: file, anchor, as it was written

    @property
    def title(self) -> str | None:
        return next((text for level, _, text in self.headings if level == 1), None)


def lighten(content: str, file: SiteFile, files: SiteFiles) -> Cells:
    """The cells without Jupyter's 575 KB of CSS and scripts."""
    cells = BeautifulSoup(content, "html.parser").select("div.jp-Cell[id]")
    if not cells:
        raise NotebookError(f"{file.src_uri}: mkdocs-jupyter's markup has changed: no cells in it")
    tags = [tag for cell in cells for tag in cell.select(".jp-MarkdownOutput :is(h1, h2, h3)[id]")]
    headings = [(int(tag.name[1]), str(tag["id"]), tag.get_text().rstrip("¶")) for tag in tags]
    links: list[tuple[SiteFile, str, str]] = []
    shown = "\n".join(show(cell, file, files, links) for cell in cells)
    return Cells(shown + executed(), headings, links)


def executed() -> str:
    """Where and when the cells ran: with this Python, just now."""
    today = date.today()
    python = f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}"
    ran = f"<b>Ran</b> when this site was built · {python}, {today.day} {today:%B %Y}"
    return f'<div class="notes" data-search-exclude><p class="ran">{ran}</p></div>'


def nested(headings: Iterable[tuple[int, str, str]]) -> list[dict[str, object]]:
    """(level, id, name) of headings in order, as the tree that MkDocs makes a table of contents from."""
    top: list[dict[str, object]] = []
    path: list[tuple[int, list[dict[str, object]]]] = [(0, top)]
    for level, anchor, name in headings:
        while path[-1][0] >= level:
            path.pop()
        children: list[dict[str, object]] = []
        path[-1][1].append({"level": level, "id": anchor, "name": name, "children": children})
        path.append((level, children))
    return top


def show(cell: Tag, file: SiteFile, files: SiteFiles, links: list[tuple[SiteFile, str, str]]) -> str:
    markdown = cell.select_one(".jp-MarkdownOutput") if "jp-MarkdownCell" in cell["class"] else None
    if markdown:
        return prose(markdown, file, files, links)
    shown = "".join(output(part, file) for part in cell.select(".jp-OutputArea-output"))
    code = cell.select_one(".highlight-ipynb pre")
    source = f'<div class="highlight"><pre><code>{code.decode_contents() if code else ""}</code></pre></div>'
    fails = "celltag_raises-exception" in cell["class"]
    verdict = '<strong class="verdict" data-search-exclude>This fails</strong>'
    bar = f'<figcaption class="bar">{verdict}</figcaption>' if fails else ""
    if "celltag_drawing" in cell["class"]:  # the picture is what the reader came for
        closed = f"<details><summary>The code of this drawing</summary>{source}</details>"
        return f'<figure class="example cell">{shown}{closed}</figure>'
    return f'<figure class="example cell {"fails" if fails else ""}">{bar}{source}{shown}</figure>'


def prose(part: Tag, file: SiteFile, files: SiteFiles, links: list[tuple[SiteFile, str, str]]) -> str:
    """A Markdown cell; links to other pages are resolved here, since MkDocs does not see them."""
    for anchor in part.select("a.anchor-link"):
        anchor["class"] = ["headerlink"]  # type: ignore[assignment]
        anchor["title"] = "Link to this section"
        anchor.string = "#"
    for link in part.select("a[href]"):
        path, hash_sign, section = str(link["href"]).partition("#")
        if path.endswith((".md", ".py")) and "://" not in path:
            uri = os.path.normpath(os.path.join(os.path.dirname(file.src_uri), path)).replace(os.sep, "/")
            target = files.get_file_from_path(uri)
            if target is None:
                log.warning("%s: a link to %r, which is no page", file.src_uri, link["href"])
            else:
                link["href"] = relative(target.url, file.url) + hash_sign + section
                if section:
                    links.append((target, section, path + hash_sign + section))
    return part.decode_contents()


def output(part: Tag, file: SiteFile) -> str:
    """What a cell printed, returned or drew."""
    text = part.select_one("pre")
    if "jp-RenderedText" in part["class"] and text:
        for span in text.select("[style]"):
            del span["style"]
        printed = text.decode_contents().strip("\n")
        return f'<div class="terminal"><pre><code><samp>{printed}</samp>\n</code></pre></div>'
    for image in part.select("img"):
        if not image.get("alt") or "No description" in image["alt"]:
            raise NotebookError(f"{file.src_uri}: an image without a text alternative: give its output an `alt`")
    if shown := part.select_one("div.highlight > pre"):  # IPython.display.Code
        for span in shown.find_all("span", string=None, class_=False):
            span.unwrap()  # Pygments begins with an empty one
        return f'<div class="highlight source-of"><pre><code>{shown.decode_contents()}</code></pre></div>'
    if part.select("script"):
        raise NotebookError(f"{file.src_uri}: an output with a script in it: print text or draw an SVG instead")
    return f'<div class="drawn">{part.decode_contents()}</div>'
