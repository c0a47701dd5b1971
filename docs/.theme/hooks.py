"""Builds what plain Markdown cannot say: programs with their transcripts, recorded timelines, light notebook pages.

A contributor writes fences; tests/harness runs them and leaves reports/*.xml; this file shows both.
"""

import html
import json
import logging
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import archive
import dictionary
import evidence
import feed
import ipynb
import live
import notebooks
import plain
import tables
import timeline
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pymdownx.superfences import SuperFencesException
from report import GIL, START_METHODS, SYSTEMS, ReportError, Reports, digest, read_reports

log = logging.getLogger("mkdocs.hooks")

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"
MARK = '<div data-example="{}"></div>'
RUN_OF_MARKS = re.compile(r'(?:<div data-example="\d+"></div>\s*)+')

PROGRAM_OPTIONS = {"title", "hl_lines", "linenums"}
VERDICTS = {"fails": "This fails", "works": "This works"}
FLAGS = {"any-order", "leaks", "measured", "timeline"}
VALUES = {"exit", "start", "python", "system", "gil", "hangs", "timeout", "skip"}
SIGNALS = {2: "SIGINT", 6: "SIGABRT", 9: "SIGKILL", 11: "SIGSEGV", 15: "SIGTERM"}


class FenceError(SuperFencesException, PluginError):
    """A fence that cannot be shown as it stands. (superfences hides all exceptions but its own.)"""


@dataclass
class Program:
    """A `python` fence with a title."""

    title: str
    file: Path
    source: str
    code: str  # highlighted
    verdict: str  # "fails", "works" or nothing


@dataclass
class Transcript:
    """A `console` fence."""

    command: str
    output: str
    options: dict[str, str | None]
    proof: evidence.Example | None = None


@dataclass
class Inline:
    """A `python` or `pycon` fence without a title."""

    source: str
    code: str  # highlighted
    proof: evidence.Example | None = None


Shown = Program | Transcript | Inline


@dataclass
class PageState:
    """What the formatters have seen of the page that is being rendered."""

    nav: object = None  # of the whole site
    layer: str = ""  # of the whole build: see run_buttons/pyodide.py
    name: str = ""
    url: str = ""
    title: str = ""
    markdown: str = ""
    examples: list[Shown] = field(default_factory=list)
    buttons: dict[str, live.Run] = field(default_factory=dict)  # by title of the program

    def add(self, example: Shown) -> str:
        self.examples.append(example)
        return MARK.format(len(self.examples) - 1)

    @property
    def programs(self) -> dict[str, str]:
        return {one.title: one.source for one in self.examples if isinstance(one, Program)}


state = PageState()
reports = Reports()
proofs: dict[str, list[evidence.Example]] = {}  # by page
errors: dict[str, dict] = {}  # by page: what search knows of the error dictionary
copies: dict[str, str] = {}  # by address: pages as plain Markdown


# -- MkDocs events -----------------------------------------------------------------------------------------------


def on_startup(command, dirty):
    notebooks.serving = command == "serve"


def on_config(config):
    """Puts the formatters in; edit links only where the repository is known; readies notebooks."""
    if not config.repo_url:
        config.edit_uri = None
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {}).setdefault("custom_fences", [])
    fences += [
        {"name": name, "class": name, "format": formatter, "validator": keep_options}
        for name, formatter in (
            ("python", show_python),
            ("py", show_python),
            ("pycon", show_python),
            ("console", show_console),
        )
    ]
    config.markdown_extensions.append(tables.WideTablesExtension())
    notebooks.prepare(folder for folder in SNIPPETS.rglob("*") if folder.is_dir() and folder.name != "__pycache__")
    return config


def on_files(files, config):
    """Publishes every program, so that its title can be a link to it, all as one archive, and notebooks as .ipynb."""
    for file in files:
        if file.is_documentation_page() and not file.src_uri.endswith((".md", ".py")):
            raise PluginError(
                f"{file.src_uri}: the tests read pages whose name ends in .md: rename it, or nothing checks its examples"
            )
    programs = sorted(SNIPPETS.rglob("*.py"))
    notebooks_here = [file for file in files if re.fullmatch(r"lab/[^/]+\.py", file.src_uri)]
    for file in programs:
        files.append(File.generated(config, program_uri(file), abs_src_path=str(file)))
    files.append(File.generated(config, archive.NAME, content=archive.pack(programs, SNIPPETS, ROOT / "LICENSE")))
    for file in notebooks_here:
        content = ipynb.written(file, files, config.site_url)
        files.append(File.generated(config, ipynb.uri(file), content=content, inclusion=InclusionLevel.INCLUDED))
    if changes := files.get_file_from_path(feed.PAGE):
        files.append(File.generated(config, feed.NAME, content=feed.atom(changes, files, config)))
    return files


def on_nav(nav, config, files):
    state.nav = nav
    return nav


def on_pre_build(config):
    """Reads the reports before MkDocs empties the site's folder: bad ones leave it as it was."""
    live.on = live.available()
    state.layer = live.pyodide.layer(ROOT)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    proofs.clear()
    errors.clear()
    copies.clear()
    reports.legs = {}
    try:
        reports.legs = read_reports(ROOT / os.environ.get("REPORTS", "reports"), project, ROOT).legs
    except ReportError as error:
        if not notebooks.serving:
            raise PluginError(str(error)) from None
        log.warning("%s (the pages are shown without any evidence)", error)


@event_priority(-100)  # after mkdocs-jupyter
def on_pre_page(page, config, files):
    if notebooks.is_notebook(page):
        notebooks.guard(page)
    return page


def on_page_markdown(markdown, page, config, files):
    if markdown.startswith("---\n"):  # MkDocs takes it for text when it cannot read it
        raise PluginError(
            f"{page.file.src_uri}: the lines between --- at its head are not YAML: put a value with a colon in quotes"
        )
    state.name, state.url, state.title, state.markdown, state.examples = page.file.src_uri, page.url, "", markdown, []
    if notebooks.is_notebook(page):
        page.meta.update(notebooks.front_matter(markdown))
    return markdown


def on_page_content(content, page, config, files):
    """Puts figures in the place of the formatters' marks: only now all programs of the page are known."""
    if notebooks.is_notebook(page):
        content = notebooks.lighten(content, page, files)
        copies[plain.address(page.file)] = plain.notebook(content, page, files, plain.beside(page))
        return ipynb.with_downloads(content, page, files)
    state.title = page.title
    prove()
    if page.file.src_uri.startswith("errors/"):
        outputs = [one.output for one in state.examples if isinstance(one, Transcript)]
        errors[page.file.src_uri] = dictionary.entry(page, content, outputs, state.programs.values())
    text = state.markdown.replace(evidence.PLACE_OF_TABLES, f"[All of it as CSV](../{evidence.DATA}).")
    copies[plain.address(page.file)] = plain.copy(text, map(in_plain, state.examples), page, files, plain.beside(page))
    return RUN_OF_MARKS.sub(lambda run: figures([int(n) for n in re.findall(r"\d+", run[0])]), content)


def on_env(env, config, files):
    """All pages are rendered by now. The site that is published shows nothing unproved."""
    asked = config.extra.get("evidence")
    wanting = {}
    if asked in ("examples", "required"):
        wanting["no report proves these examples:"] = evidence.unproved(in_order(config))
        wanting["these examples failed:"] = evidence.failed(in_order(config))
    if asked == "required":
        if not live.on:
            raise PluginError(
                "this build has no Run buttons, and is to be published: Pyodide and CodeMirror could not be had from npm"
            )
        wanting[f"no report proves these Run buttons ({evidence.RUN_IN_PAGE} makes one):"] = evidence.unproved_runs(
            in_order(config)
        )
    if any(wanting.values()):
        raise PluginError("\n".join("\n  ".join([what, *examples]) for what, examples in wanting.items() if examples))
    known = evidence.methods(reports)
    for examples in evidence.by_page(in_order(config)) if reports.legs else ():
        file = File.generated(config, examples[0].proof_url.rstrip("/") + ".md", content="")
        page = Page(f"Where it ran: {examples[0].title}", file, config)
        page.content = evidence.runs(examples, known)
        page.meta = {
            "description": f"On which Pythons the examples of this page ran: {examples[0].title}",
            "hide": ["toc"],
            "search": {"exclude": True},
        }
        files.append(file)


def on_page_context(context, page, config, nav):
    if page.file.src_uri == evidence.PAGE:
        page.content = page.content.replace(evidence.PLACE_OF_TABLES, evidence.overview(in_order(config), reports))


def on_post_build(config):
    Path(config.site_dir, evidence.DATA).write_text(evidence.data(in_order(config), reports), "utf-8")
    Path(config.site_dir, dictionary.DATA).write_text(json.dumps(list(errors.values())), "utf-8")
    for address, text in copies.items():
        plain.write(Path(config.site_dir), address, text)
    plain.write(Path(config.site_dir), plain.LIST, plain.listed(config, state.nav))
    if live.on:
        live.publish(Path(config.site_dir))


def in_order(config) -> list[evidence.Example]:
    """The examples of all pages, by page."""
    return [example for page in sorted(proofs) for example in proofs[page]]


def prove() -> None:
    """Gives the page's examples their evidence; a transcript and an inline block each have a number on their page."""
    page = f"docs/{state.name}"
    found = proofs[page] = []
    numbered = [one for one in state.examples if not isinstance(one, Program)]
    anchors = [f"example-{number}" for number in range(1, len(numbered) + 1)]
    state.buttons = buttons(zip(anchors, numbered, strict=True))
    blocks: list[str] = []
    for anchor, example in zip(anchors, numbered, strict=True):
        make = partial(evidence.Example, page=page, url=state.url, title=state.title, anchor=anchor)
        if isinstance(example, Inline):
            blocks.append(example.source.strip())
            legs = tuple(reports.of(page, digest(blocks, state.programs)))
            example.proof = make(
                command=blocks[-1].split("\n")[0],
                restriction="",
                scope=evidence.Scope(),
                legs=legs,
                skipped=None,
                inline=True,
                runs=(),
                excuse=live.excuse(anchor, None, state.buttons),
            )
        else:
            parts = [evidence.canonical(example.options), example.command, example.output]
            said = scope(example.options)
            mine = digest(parts, state.programs)
            example.proof = make(
                command=example.command,
                restriction=", ".join(legs_in_words(example.options)),
                scope=said,
                legs=tuple(leg for leg in reports.of(page, mine) if said.has(leg.place, leg.method)),
                skipped=example.options.get("skip"),
                inline=False,
                runs=tuple(reports.of(page, digest([mine, state.layer], {}))),
                excuse=live.excuse(anchor, example.command, state.buttons),
            )
        found.append(example.proof)


def buttons(numbered) -> dict[str, live.Run]:
    """The Run buttons of the page, from its (anchor, example) pairs."""
    transcripts = []
    for anchor, example in numbered:
        if isinstance(example, Transcript) and "skip" not in example.options:
            legs = ", ".join(legs_in_words(example.options))
            transcripts.append(live.Shown(anchor, example.command, scope(example.options).has(*live.LEG), legs))
    return live.runs_of(state.programs, transcripts)


# What is taken out of every page: both colour schemes are in site.css, and nothing here needs MathJax, which
# mkdocs-jupyter loads from another host.
PALETTE = re.compile(r'<link rel="stylesheet" href="[^"]*/palette\.[^"]*">\s*')
MATHJAX = re.compile(r"<script data-mkdocs-jupyter-mathjax=.*?</script>\s*", re.DOTALL)
# What mends the theme's markup.
MENDED = {
    # A dialog needs a name.
    'data-md-component="search" role="dialog"': 'data-md-component="search" role="dialog" aria-label="Search"',
    # Until a reader chooses, the system's scheme counts: see site.css.
    '<body dir="ltr" data-md-color-scheme="default"': '<body dir="ltr" data-md-color-scheme="system"',
}


@event_priority(-100)  # after mkdocs-jupyter
def on_post_page(output, page, config):
    return mend(output, page.file.src_uri)


@event_priority(-100)
def on_post_template(output_content, template_name, config):
    return mend(output_content, template_name) if template_name == "404.html" else output_content


def mend(output: str, name: str) -> str:
    """The page without what it does not need, and with the theme's faults mended; fails if one is not found."""
    output, palettes = PALETTE.subn("", MATHJAX.sub("", output))
    for fault in MENDED:
        if output.count(fault) != 1 or palettes != 1:
            raise PluginError(
                f"{name}: the theme's markup has changed, and docs/.theme/hooks.py does not fit it: {fault}"
            )
        output = output.replace(fault, MENDED[fault])
    return output


# -- formatters for superfences ----------------------------------------------------------------------------------


def keep_options(language, inputs, options, attrs, md):
    """A validator that lets all through: the formatters refuse, with the page's name."""
    options.update(inputs)
    return True


def show_python(source, language, css_class, options, md, classes=(), id_value="", attrs=None, **_):
    """A program, if the fence has a title; else code for the page's namespace."""
    classes = list(classes or ())
    refuse_unknown(language, options, PROGRAM_OPTIONS)
    refuse_unknown(language, dict.fromkeys(f".{name}" for name in classes), {f".{name}" for name in VERDICTS})
    settings = {name: value for name, value in options.items() if name != "title"}
    fence = md.preprocessors["fenced_code_block"]
    code = fence.highlight(source, language, settings, md, classes=[], id_value="", attrs={})
    title = options.get("title")
    if not title:
        return state.add(Inline(source, code))
    file, content = program_file(title, source)
    return state.add(Program(title, file, content, code, classes[0] if classes else ""))


def show_console(source, language, css_class, options, md, classes=(), **_):
    """A command and what it prints."""
    refuse_unknown(language, options, FLAGS | VALUES)
    refuse_unknown(language, dict.fromkeys(f".{name}" for name in classes or ()), set())
    command, _, output = source.strip("\n").partition("\n")
    if not command.startswith("$ "):
        raise FenceError(
            f"{state.name}: a transcript starts with its command, `$ python NAME.py`, not with {command!r}"
        )
    return state.add(Transcript(command[2:].strip(), output, dict(options)))


def refuse_unknown(language: str, options: Mapping, known: set[str]) -> None:
    for name in options:
        if name not in known:
            have = ", ".join(sorted(known)) or "none"
            raise FenceError(f"{state.name}: unknown attribute `{name}` on a `{language}` fence (known: {have})")


def program_file(title: str, source: str) -> tuple[Path, str]:
    """The file of snippets/ that a fence shows, and its content."""
    for file in SNIPPETS.rglob(title):
        content = file.read_text("utf-8")
        if content.strip("\n") == source.strip("\n"):
            return file, content
    raise FenceError(f"{state.name}: the program `{title}` is not a file of that name below snippets/, shown whole")


def program_uri(file: Path) -> str:
    return "programs/" + file.relative_to(SNIPPETS).as_posix()


# -- figures -----------------------------------------------------------------------------------------------------


def figures(indexes: list[int]) -> str:
    """Examples that follow each other directly: a program and the transcripts below it are one figure."""
    grouped: list[list[Shown]] = []
    for example in (state.examples[index] for index in indexes):
        if not isinstance(example, Transcript) or not grouped:
            grouped.append([])
        grouped[-1].append(example)
    return "\n".join(map(figure, grouped))


def figure(examples: list[Shown]) -> str:
    verdict = next((example.verdict for example in examples if isinstance(example, Program)), "")
    inside = "".join(map(show, examples))
    shown = f'<figure class="example {verdict}">{inside}</figure>'
    drawn = [example for example in examples if isinstance(example, Transcript) and "timeline" in example.options]
    return picture(drawn[0], shown) if drawn else shown


def show(example: Shown) -> str:
    if isinstance(example, Transcript):
        return terminal(example)
    if isinstance(example, Inline):
        return f'<div id="{example.proof.anchor}">{example.code}</div>{notes([("ran", evidence.line(example.proof, state.url))])}'
    link = get_relative_url(program_uri(example.file), state.url)
    verdict = (
        f'<strong class="verdict" data-search-exclude>{VERDICTS[example.verdict]}</strong>' if example.verdict else ""
    )
    bar = f'<a class="file" href="{link}" title="Download" download>{html.escape(example.title)}</a>{verdict}'
    run = live.attributes(example.title, state.buttons, state.programs) if live.on else ""
    return f'<figcaption class="bar"{run}>{bar}</figcaption>{example.code}'


def told(example: Transcript) -> tuple[str, list[tuple[str, str]]]:
    """The output, then what the attributes say and where it ran: (class, HTML)."""
    leg = evidence.best(example.proof) if "measured" in example.options else None
    output = leg.output if leg else example.output
    said = [("says", html.escape(" ".join(captions(example, output))))]
    if "measured" in example.options:
        said.append(("measured", html.escape(evidence.measured(leg))))
    if "skip" not in example.options:
        said.append(("ran", evidence.line(example.proof, state.url)))
    return output, said


def in_plain(example: Shown) -> plain.Block:
    """The example for the page's plain copy."""
    if isinstance(example, Program):
        verdict = f" ({VERDICTS[example.verdict].lower()})" if example.verdict else ""
        return plain.Block("python", f"`{example.title}`{verdict}:", example.source, "")
    if isinstance(example, Inline):
        return plain.Block("python", "", example.source, plain.words(evidence.line(example.proof, state.url)))
    output, said = told(example)
    code = f"$ {example.command}" + (f"\n{output}" if output else "")
    return plain.Block("console", "", code, " ".join(plain.words(text) for _, text in said if text))


def terminal(example: Transcript) -> str:
    """The command, its output, what the attributes say, and where it ran."""
    output, said = told(example)
    prompt = f'<span class="prompt">$ </span><kbd>{html.escape(example.command)}</kbd>'
    result = f"\n<samp>{html.escape(output)}</samp>" if output else ""
    return f'<div class="terminal" id="{example.proof.anchor}"><pre><code>{prompt}{result}\n</code></pre></div>{notes(said)}'


def notes(said: list[tuple[str, str]]) -> str:
    """Quiet lines below an output: (class, HTML)."""
    lines = "".join(f'<p class="{kind}">{text}</p>' for kind, text in said if text)
    return f'<div class="notes" data-search-exclude>{lines}</div>'


def captions(example: Transcript, output: str) -> list[str]:
    """What the attributes say, in words."""
    options, sentences = example.options, []
    if legs := legs_in_words(options):
        sentences.append(
            ("On " + legs[0][3:] if len(legs) == 1 and legs[0].startswith("on ") else "With " + ", ".join(legs)) + "."
        )
    if "any-order" in options:
        sentences.append("The lines come in any order.")
    if "hangs" in options:
        sentences.append(f"Still running after {number(options, 'hangs')} seconds, then stopped.")
    if "exit" in options:
        sentences.append(ending(int(number(options, "exit"))))
    if "leaks" in options:
        sentences.append("Leaves something behind when it ends.")
    if "timeout" in options:
        sentences.append(f"May take up to {number(options, 'timeout')} seconds.")
    if "skip" in options:
        sentences.append(f"Not run: {options['skip']}")
    if "..." in output:
        sentences.append("“...” stands for what differs from run to run.")
    return sentences


def number(options: Mapping, name: str) -> str:
    value = options[name] or ""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise PluginError(f"{state.name}: `{name}={value}` on a `console` fence is not a number")
    return value


def ending(status: int) -> str:
    if status >= 0:
        return f"Ends with exit status {status}."
    name = SIGNALS.get(-status)
    return f"Ended by signal {-status}" + (f" ({name})." if name else ".")


def legs_in_words(options: Mapping) -> list[str]:
    """`start="spawn" python=">=3.14"`: ["start method spawn", "on Python 3.14 and newer"]"""
    words = []
    said = scope(options)
    if options.get("start"):
        words.append("start method " + " or ".join(said.start))
    if options.get("python"):
        compared = {
            ">=": "{} and newer",
            ">": "newer than {}",
            "<": "older than {}",
            "<=": "{} and older",
            "==": "{}",
            "!=": "other than {}",
        }
        parts = [
            compared.get(one.operator, one.operator + "{}").format(one.version.removesuffix(".*"))
            for one in said.python
        ]
        words.append("Python " + ", ".join(parts))
    if options.get("system"):
        words.append("on " + " or ".join(said.system))
    if options.get("gil"):
        words.append(
            " or ".join({"on": "a Python with the GIL", "off": "a free-threaded Python"}[one] for one in said.gil)
        )
    return words


def scope(options: Mapping) -> evidence.Scope:
    """What start=, python=, system= and gil= say."""
    try:
        python = SpecifierSet(options.get("python") or "")
    except InvalidSpecifier:
        raise PluginError(
            f'{state.name}: `python={options["python"]}` is not a version specifier such as ">=3.14"'
        ) from None
    return evidence.Scope(
        start=named(options, "start", START_METHODS),
        python=python,
        system=named(options, "system", SYSTEMS),
        gil=named(options, "gil", GIL),
    )


def named(options: Mapping, attribute: str, known: tuple[str, ...]) -> tuple[str, ...]:
    chosen = [name.strip() for name in (options.get(attribute) or ",".join(known)).split(",")]
    for name in chosen:
        if name not in known:
            raise PluginError(
                f"{state.name}: `{attribute}={options[attribute]}`: {name!r} is none of {', '.join(known)}"
            )
    return tuple(chosen)


def picture(example: Transcript, program: str) -> str:
    """A recorded run as lanes; its program and rows stay below, closed."""
    leg = evidence.best(example.proof)
    spans = timeline.parse(leg.output) if leg else []
    drawn = (
        timeline.draw(spans)
        if spans
        else "<p>This picture is drawn from a recorded run, and none was recorded here yet.</p>"
    )
    caption = f"<figcaption>{html.escape(evidence.measured(leg))}</figcaption>" if spans else ""
    details = f"<details><summary>Program and figures</summary>{program}</details>"
    return f'<figure class="picture">{drawn}{caption}</figure>{details}'
