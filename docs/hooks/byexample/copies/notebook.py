"""The notebooks as .ipynb files: as they were written, for the reader to run."""

import ast
import html
import re
from pathlib import Path

import jupytext
from nbformat import v4

from ..figures.figure import PROGRAMS
from ..pages.sources import imported_modules
from ..urls import relative
from .links import absolute, moved
from .site import SiteFile, SiteFiles


def uri(notebook: SiteFile) -> str:
    """Where it is published."""
    return f"{PROGRAMS}lab/{Path(notebook.src_uri).stem}.ipynb"


def written(notebook: SiteFile, files: SiteFiles, site_url: str | None) -> str:
    """The notebook without outputs: the page shows them, and the reader's kernel makes new ones.

    A first cell says which modules it imports. Links lead to the site; without an address for it they are left out.
    """
    source = Path(notebook.abs_src_path).read_text("utf-8")
    made = jupytext.reads(source, fmt="py:percent")
    cells = [cell for cell in made.cells if cell.cell_type != "raw"]  # the front matter
    address_of = absolute(site_url)
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = moved(cell.source, notebook, files, address_of)
    if needed := imported(source, files):
        links = [f"[{file.name}.py]({relative(file.src_uri, notebook.src_uri)})" for file in needed]
        note = f"Put beside this notebook what it imports: {', '.join(links)}."
        cells.insert(0, v4.new_markdown_cell(moved(note, notebook, files, address_of)))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # the library's own are random
        cell.metadata.pop("lines_to_next_cell", None)
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made = v4.new_notebook(cells=cells, metadata=kernel)
    return str(v4.writes(made)) + "\n"


def imported(source: str, files: SiteFiles) -> list[SiteFile]:
    """The programs that the notebook imports, and that they import, in the order of their names."""
    programs = {
        Path(file.src_uri).stem: file
        for file in files
        if file.src_uri.startswith(PROGRAMS) and file.src_uri.endswith(".py")
    }
    found: dict[str, SiteFile] = {}
    todo = [cell.source for cell in jupytext.reads(source, fmt="py:percent").cells if cell.cell_type == "code"]
    while todo:
        for name in modules(todo.pop()):
            if name in programs and name not in found:
                found[name] = programs[name]
                todo.append(Path(programs[name].abs_src_path).read_text("utf-8"))
    return [found[name] for name in sorted(found)]


def modules(code: str) -> set[str]:
    """The modules that the code imports; lines for the notebook itself (`%…`, `!…`) are left out."""
    return imported_modules(ast.walk(ast.parse(re.sub(r"^(\s*)[%!].*", r"\1pass", code, flags=re.MULTILINE))))


def downloads(notebook: SiteFile, files: SiteFiles) -> str:
    """The links on the notebook's page; as HTML."""

    def link(target: str, name: str) -> str:
        return f'<a href="{relative(target, notebook.url)}" download>{html.escape(name)}</a>'

    path = uri(notebook)
    sentence = "Download this notebook: " + link(path, path.rpartition("/")[2])
    source = Path(notebook.abs_src_path).read_text("utf-8")
    if needed := [link(file.url, f"{file.name}.py") for file in imported(source, files)]:
        sentence += ". Put beside it what it imports: " + ", ".join(needed)
    return f'<p class="downloads">{sentence}.</p>'


def with_downloads(content: str, notebook: SiteFile, files: SiteFiles) -> str:
    """The page with the links below its first paragraph, which is its answer."""
    head, end, rest = content.partition("</p>")
    return head + end + "\n" + downloads(notebook, files) + rest
