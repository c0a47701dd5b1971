"""MkDocs' events, and nothing else: what makes a site of the pages is the package beside this file."""

import json
import logging
import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from byexample.build import Build, BuildError, faults, read_all
from byexample.copies import archive, feed, notebook, plain, plain_notebook
from byexample.copies.site import CopyError
from byexample.error_index import DATA as ERRORS
from byexample.error_index import entry
from byexample.evidence import data, tables
from byexample.evidence.report import ReportError
from byexample.figures.extension import Examples
from byexample.figures.figure import PROGRAMS
from byexample.git import commit
from byexample.notebooks import NotebookError, lighten, nested, prepare
from byexample.pages.files import front_matter, is_notebook
from byexample.pages.snippets import problems, unfit
from byexample.run_buttons import codemirror, packages, pyodide
from byexample.session import Session
from byexample.site_folder import SiteFolderError
from byexample.theme import ThemeError, repaired
from byexample.wide_tables import WideTablesExtension
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

log = logging.getLogger("mkdocs.hooks")

ROOT = Path(__file__).parents[2]
ERROR_PAGES = "errors/"
ERRORS_OF_OURS = (BuildError, CopyError, NotebookError, ReportError, SiteFolderError, ThemeError, packages.LockError)


@contextmanager
def in_one_line():
    """Errors that a contributor can repair, in the log without our frames."""
    try:
        yield
    except ERRORS_OF_OURS as error:
        raise PluginError(str(error)) from None


def on_startup(command, dirty):
    """What lives from one build to the next, beside `mkdocs serve`; MkDocs keeps this module, too."""
    global session
    session = Session(ROOT, serving=command == "serve", beside=command != "serve" and not dirty)


def on_shutdown():
    """A build that has got to its end takes the place of the site before."""
    session.preview.stop()
    with in_one_line():
        session.put_in_place()


def on_serve(server, config, builder):
    """New reports build the site again. The examples of the six answers run as soon as the site can be seen.

    With `--clean` MkDocs calls it a build at first: what it made so far is put where it serves from.
    """
    with in_one_line():
        session.put_in_place()
    session.beside = False
    reports = ROOT / "reports"
    reports.mkdir(exist_ok=True)
    server.watch(str(reports))
    session.preview.start()


def on_config(config):
    """Edit links only where the repository is known; what shows examples; the notebooks' environment."""
    if not config.repo_url:
        config.edit_uri = None
    config.site_dir = session.site_dir(config.site_dir)
    build = config["build"] = Build(ROOT)
    config.markdown_extensions += [Examples(lambda text: build.rendered), WideTablesExtension()]
    prepare(ROOT, commit(ROOT))
    return config


def on_pre_build(config):
    """Reads pages and reports before MkDocs empties the site's folder: bad ones leave it as it was."""
    if found := [problem.message for problem in unfit(ROOT)]:
        raise PluginError("\n".join(found))
    build = config["build"]
    build.has_buttons = have_buttons()
    build.layer = pyodide.layer(ROOT)
    build.pages = read_all(ROOT)
    if found := faults(build.pages.values()):
        raise PluginError("\n".join(found))
    for problem in problems(ROOT):
        log.warning(problem.message)
    try:
        build.read_reports(ROOT / os.environ.get("REPORTS", "reports"))
    except ReportError as error:
        if not session.serving:
            raise PluginError(str(error)) from None
        log.warning("%s (the pages are shown without any evidence)", error)
    session.run_examples(build)


def have_buttons():
    try:
        packages.install(ROOT)
    except packages.UnavailableError as error:
        log.info("no Run buttons and no Edit: Pyodide and CodeMirror could not be had from npm (%s)", error)
        return False
    except packages.LockError as error:
        log.warning("no Run buttons and no Edit: %s", error)
        return False
    return True


def on_files(files, config):
    """Publishes every program, so that its title can be a link to it, all as one archive, and notebooks as .ipynb."""
    for file in files:
        if file.is_documentation_page() and not file.src_uri.endswith((".md", ".py")):
            why = "the tests read pages whose name ends in .md: rename it, or nothing checks its examples"
            raise PluginError(f"{file.src_uri}: {why}")
    programs = sorted((ROOT / "snippets").rglob("*.py"))
    notebook_files = [file for file in files if is_notebook(Path(file.abs_src_path or ""), ROOT)]
    for program in programs:
        uri = PROGRAMS + program.relative_to(ROOT / "snippets").as_posix()
        files.append(File.generated(config, uri, abs_src_path=str(program)))
    packed = archive.pack(programs, ROOT / "snippets", ROOT / "LICENSE")
    files.append(File.generated(config, archive.NAME, content=packed))
    for file in notebook_files:
        content = notebook.written(file, files, config.site_url)
        files.append(File.generated(config, notebook.uri(file), content=content, inclusion=InclusionLevel.INCLUDED))
    if changes := files.get_file_from_path(feed.PAGE):
        with in_one_line():
            content = feed.atom(changes, files, config.site_name, config.site_url)
        files.append(File.generated(config, feed.NAME, content=content))
    return files


def on_nav(nav, config, files):
    config["build"].nav = nav


@event_priority(-100)  # after mkdocs-jupyter, which replaces the page
def on_pre_page(page, config, files):
    if page.file.src_uri.endswith(".py"):
        render = page.render

        def content(*arguments):
            render(*arguments)
            return page.content

        def run(*arguments):
            with in_one_line():
                page.content = session.notebooks.run(page.file, lambda: content(*arguments))

        page.render = run
    return page


def on_page_markdown(markdown, page, config, files):
    build = config["build"]
    if page.file.src_uri.endswith(".py"):
        page.meta.update(front_matter(markdown, notebook=True))
    else:
        build.begin(f"docs/{page.file.src_uri}", page.url, markdown)
    return markdown


def on_page_content(content, page, config, files):
    """The page's plain copy, and what the index of errors knows of it; notebooks in the markup of other pages."""
    build, address_of = config["build"], plain.beside(page.file)
    if page.file.src_uri.endswith(".py"):
        with in_one_line():
            cells = lighten(content, page.file, files)
        page.toc = get_toc(nested(cells.headings))
        page.title = cells.title or page.title
        page.present_anchor_ids = {anchor for _, anchor, _ in cells.headings}
        page.links_to_anchors = {}
        for target, section, link in cells.links:
            page.links_to_anchors.setdefault(target, {})[section] = link
        copy = plain_notebook.copy(cells.html, page.file, files, address_of)
        content = notebook.with_downloads(cells.html, page.file, files)
    else:
        view = build.rendered
        view.proofs = replace(view.proofs, title=page.title)
        if page.file.src_uri.startswith(ERROR_PAGES):
            messages = page.meta.get("messages", [])
            build.errors[page.file.src_uri] = entry(view.page, content, page.url, page.title, messages)
        text = build.markdown.replace(tables.PLACE_OF_TABLES, f"[All of it as CSV](../{tables.DATA}).")
        copy = plain.copy(view, text, page.file, files, address_of)
    build.copies[plain.address(page.file)] = copy
    return content


def on_env(env, config, files):
    """All pages are rendered by now. The site that is published shows nothing unproved."""
    build = config["build"]
    with in_one_line():
        build.check(config.extra.get("evidence"))
    seen = tables.starts_seen(build.reports)
    for proofs in build.proved_pages if build.reports.legs else ():
        file = File.generated(config, proofs.evidence_url.rstrip("/") + ".md", content="")
        page = Page(f"Where it ran: {proofs.title}", file, config)
        page.content = tables.runs(proofs, seen)
        description = f"On which Pythons the examples of this page ran: {proofs.title}"
        page.meta = {"description": description, "hide": ["toc"], "search": {"exclude": True}}
        files.append(file)


def on_page_context(context, page, config, nav):
    if page.file.src_uri == tables.PAGE:
        build = config["build"]
        shown = tables.overview(build.proved_pages, build.reports)
        page.content = page.content.replace(tables.PLACE_OF_TABLES, shown)


@event_priority(-100)  # after mkdocs-jupyter
def on_post_page(output, page, config):
    with in_one_line():
        return repaired(output, page.file.src_uri)


@event_priority(-100)
def on_post_template(output_content, template_name, config):
    with in_one_line():
        return repaired(output_content, template_name) if template_name == "404.html" else output_content


def on_build_error(error):
    session.has_failed()


@event_priority(-100)  # when nobody writes any more
def on_post_build(config):
    build, site = config["build"], Path(config.site_dir)
    site.joinpath(tables.DATA).write_text(data.data(build.proved_pages, build.reports), "utf-8")
    site.joinpath(ERRORS).write_text(json.dumps(list(build.errors.values())), "utf-8")
    for address, text in build.copies.items():
        plain.write(site, address, text)
    index = plain.listed(config.site_name, config.site_description, config.site_url or "", build.nav)
    plain.write(site, plain.LIST, index)
    if build.has_buttons:
        pyodide.publish(ROOT, site)
        codemirror.publish(ROOT, site)
    config.site_dir = session.has_built(config.site_dir)
