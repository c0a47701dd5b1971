"""The notebooks as .ipynb files: as they were written, for the reader to run."""

import ast
import html
import re
from pathlib import Path

import jupytext
import nbformat
from links import absolute, moved
from mkdocs.utils import get_relative_url

PROGRAMS = "programs/"  # where all programs are published


def uri(notebook) -> str:
    """Where it is published; `notebook` is the MkDocs File of the page."""
    return f"{PROGRAMS}lab/{Path(notebook.src_uri).stem}.ipynb"


def written(notebook, files, site_url: str | None) -> str:
    """The notebook without outputs: the page shows them, and a kernel of the reader's makes them anew.

    A first cell says which modules it imports. Links lead to the site; without an address for it they are left out.
    """
    source = Path(notebook.abs_src_path).read_text("utf-8")
    made = jupytext.reads(source, fmt="py:percent")
    cells = [cell for cell in made.cells if cell.cell_type != "raw"]  # the front matter
    place = absolute(site_url)
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = moved(cell.source, notebook, files, place)
    if modules := [f"[{file.name}.py]({file.src_uri})" for file in imported(source, files)]:
        told = ", ".join(modules)
        note = f"Put beside this notebook what it imports: {told}."
        cells.insert(0, nbformat.v4.new_markdown_cell(moved(note, RootFile, files, place)))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # the library's own are random
        cell.metadata.pop("lines_to_next_cell", None)
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    return nbformat.writes(made) + "\n"


class RootFile:
    """Stands for a page at the site's root: links to programs are written as seen from there."""

    src_uri = "index.md"


def imported(source: str, files) -> list:
    """The programs that the notebook imports, and that they import, as MkDocs Files in the order of their names."""
    programs = {
        Path(file.src_uri).stem: file
        for file in files
        if file.src_uri.startswith(PROGRAMS) and file.src_uri.endswith(".py")
    }
    found, read = {}, [jupytext.reads(source, fmt="py:percent")]
    todo = [cell.source for cell in read[0].cells if cell.cell_type == "code"]
    while todo:
        for name in modules(todo.pop()):
            if name in programs and name not in found:
                found[name] = programs[name]
                todo.append(Path(programs[name].abs_src_path).read_text("utf-8"))
    return [found[name] for name in sorted(found)]


def modules(code: str) -> set[str]:
    """The names of the modules that the code imports; lines for the notebook itself (`%…`, `!…`) are left out."""
    tree = ast.parse(re.sub(r"^(\s*)[%!].*", r"\1pass", code, flags=re.MULTILINE))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def downloads(page, files) -> str:
    """The links on the notebook's page; as HTML."""

    def link(target: str, name: str) -> str:
        return f'<a href="{get_relative_url(target, page.url)}" download>{html.escape(name)}</a>'

    path = uri(page.file)
    said = "Download this notebook: " + link(path, path.rpartition("/")[2])
    source = Path(page.file.abs_src_path).read_text("utf-8")
    if needed := [link(file.url, f"{file.name}.py") for file in imported(source, files)]:
        said += ". Put beside it what it imports: " + ", ".join(needed)
    return f'<p class="downloads">{said}.</p>'


def with_downloads(content: str, page, files) -> str:
    """The page with the links below its first paragraph, which is its answer."""
    head, end, rest = content.partition("</p>")
    return head + end + "\n" + downloads(page, files) + rest
