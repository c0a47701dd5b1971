"""Shows the examples of a page, for any Python-Markdown: `extensions=["byexample.figures.extension"]`.

The text of an example never passes through Markdown: a preprocessor puts a token in the place of its lines, and what
superfences finds by that token is shown as the page's reader has read it.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesCodeExtension, SuperFencesException

from ..evidence.proofs import PageProofs, proofs
from ..evidence.report import Reports
from ..pages.examples import Example, Inline, Page, Program, Transcript
from ..pages.files import pages
from ..pages.reader import read, read_text
from ..pages.rendering import SHOWN, SUPERFENCES, TOKENS, keep_options, token_in, with_tokens
from ..run_buttons.buttons import why_no_button
from .figure import figures
from .view import PageView

MARKS = re.compile(r"(?:" + SHOWN.format(r"\d+") + r"\s*)+")
LANGUAGES = ("python", "py", "pycon", "console")


class ExamplesError(SuperFencesException):  # type: ignore[misc] # untyped; superfences hides all other errors
    """A page that cannot be shown as it stands: a line for each fault, with the page's name and line."""


class Examples(Extension):
    """`view_of` gives the view of the page that is being rendered; without it the text itself is read as a page.

    It comes after superfences, if a site configures that itself, and keeps its settings.
    """

    def __init__(self, view_of: Callable[[str], PageView] | None = None, root: Path | str = ".") -> None:
        super().__init__()
        self.view_of = view_of or (lambda text: bare_view(text, Path(root).resolve()))

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        tokens = Tokens(md, self.view_of)
        configured = [each for each in md.registeredExtensions if isinstance(each, SuperFencesCodeExtension)]
        settings = configured[-1].getConfigs() if configured else {}
        fences = [{"name": name, "class": name, "format": tokens.mark, "validator": keep_options} for name in LANGUAGES]
        custom = {"custom_fences": [*settings.get("custom_fences", []), *fences]}
        md.registerExtensions([SUPERFENCES], {SUPERFENCES: settings | custom})
        md.preprocessors.register(tokens, "example-tokens", 200)  # before any other sees the text
        md.postprocessors.register(Figures(md, tokens), "example-figures", 0)  # after raw HTML is back in its place


class Tokens(Preprocessor):
    """Puts tokens in the place of the examples' lines; then, for superfences, marks in the place of the tokens."""

    def __init__(self, md: markdown.Markdown, view_of: Callable[[str], PageView]) -> None:
        super().__init__(md)
        self.view_of = view_of
        self.view: PageView | None = None  # of the page that is being rendered

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        self.view = self.view_of(text)
        page = self.view.page
        if page.problems:
            raise ExamplesError("\n".join(page.problems))
        first = 1 + len(page.text.split("\n")) - len(lines)  # without the front matter
        fences = [(number, example.fence) for number, example in enumerate(page.examples) if is_shown(example)]
        return with_tokens(text, fences, first).split("\n")

    def mark(
        self,
        source: str,
        language: str,
        css_class: str,
        options: dict[str, Any],
        md: markdown.Markdown,
        **_: Any,
    ) -> str:
        """The formatter of superfences: a mark for the example; its code is highlighted meanwhile."""
        number = token_in(source)
        if self.view is None or number is None:
            raise ExamplesError(f"a `{language}` fence that the reader of pages has not seen: {source!r}")
        example = self.view.page.examples[number]
        if isinstance(example, Program | Inline):
            text = example.source.text if isinstance(example, Program) else example.source
            superfences: Any = md.preprocessors["fenced_code_block"]
            superfences.stripnl = False  # else the empty lines with which a text begins are not shown
            language = example.language if isinstance(example, Inline) else "python"
            self.view.code[example] = superfences.highlight(
                text.rstrip("\n"), language, dict(example.options), md, classes=[], id_value="", attrs={}
            )
        return SHOWN.format(number)


class Figures(Postprocessor):
    """Puts figures in the place of marks: examples that follow each other directly are one figure."""

    def __init__(self, md: markdown.Markdown, tokens: Tokens) -> None:
        super().__init__(md)
        self.tokens = tokens

    def run(self, text: str) -> str:
        view = self.tokens.view
        assert view is not None  # the preprocessor ran first

        def shown(marks: re.Match[str]) -> str:
            return figures(view, [view.page.examples[int(number)] for number in TOKENS.findall(marks[0])])

        text, unmarked = MARKS.sub(shown, text), MARKS.sub("", text)
        if lost := set(TOKENS.findall(unmarked)) - set(TOKENS.findall(view.page.text)):
            line = min(view.page.examples[int(number)].fence.line for number in lost)
            why = "no code block for this Markdown: load the extensions that mkdocs.yml names, and this one last"
            raise ExamplesError(f"{view.page.name}:{line}: {why}")
        return text


def is_shown(example: Example) -> bool:
    """Whether it is a part of a figure; what is not run stays what Markdown makes of it."""
    return isinstance(example, Program | Transcript | Inline)


def bare_view(text: str, root: Path) -> PageView:
    """A page from its text alone, without evidence, Run buttons and downloads."""
    page = page_of(text, root)
    mine = proofs(page, Reports(), "", why_no_button(page, None))
    return PageView(page, PageProofs("", "", mine), None, downloads=False)


def page_of(text: str, root: Path) -> Page:
    """The page of the repository with this text, its front matter left out or not; else a page that is in no file.

    So what is refused has the name and the line that it has in its file.
    """
    for path in pages(root) if text.strip() else ():
        if path.suffix == ".md" and path.read_text("utf-8-sig", "replace").endswith(text):
            return read(path, root)
    return read_text(text, root / "page.md", root)


def makeExtension(**settings: Any) -> Examples:
    return Examples(**settings)
