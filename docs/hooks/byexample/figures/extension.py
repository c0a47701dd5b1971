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
from pymdownx.superfences import SuperFencesException

from ..evidence.proofs import PageProofs, proofs
from ..evidence.report import Reports
from ..pages.examples import Example, Inline, Program, Transcript
from ..pages.reader import read_text
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

    `superfences` are the site's own settings for it.
    """

    def __init__(
        self,
        view_of: Callable[[str], PageView] | None = None,
        root: Path | str = ".",
        superfences: dict[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.view_of = view_of or (lambda text: bare_view(text, Path(root).resolve()))
        self.superfences = superfences or {}
        self.view: PageView | None = None  # of the page that is being rendered

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        fences = [{"name": name, "class": name, "format": self.mark, "validator": keep_options} for name in LANGUAGES]
        md.registerExtensions([SUPERFENCES], {SUPERFENCES: self.superfences | {"custom_fences": fences}})
        md.preprocessors.register(Tokens(md, self), "example-tokens", 200)  # before any other sees the text
        md.postprocessors.register(Figures(md, self), "example-figures", 0)  # after raw HTML is back in its place

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
            highlight = md.preprocessors["fenced_code_block"].highlight  # type: ignore[attr-defined]
            language = example.language if isinstance(example, Inline) else "python"
            self.view.code[example] = highlight(
                text.rstrip("\n"), language, dict(example.options), md, classes=[], id_value="", attrs={}
            )
        return SHOWN.format(number)


class Tokens(Preprocessor):
    """Puts tokens in the place of the examples' lines."""

    def __init__(self, md: markdown.Markdown, examples: Examples) -> None:
        super().__init__(md)
        self.examples = examples

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        self.examples.view = view = self.examples.view_of(text)
        page = view.page
        if page.problems:
            raise ExamplesError("\n".join(page.problems))
        first = 1 + len(page.text.split("\n")) - len(lines)  # without the front matter
        fences = [(number, example.fence) for number, example in enumerate(page.examples) if is_shown(example)]
        return with_tokens(text, fences, first).split("\n")


class Figures(Postprocessor):
    """Puts figures in the place of marks: examples that follow each other directly are one figure."""

    def __init__(self, md: markdown.Markdown, examples: Examples) -> None:
        super().__init__(md)
        self.examples = examples

    def run(self, text: str) -> str:
        view = self.examples.view
        assert view is not None  # the preprocessor ran first

        def shown(marks: re.Match[str]) -> str:
            return figures(view, [view.page.examples[int(number)] for number in TOKENS.findall(marks[0])])

        return MARKS.sub(shown, text)


def is_shown(example: Example) -> bool:
    """Whether it is a part of a figure; what is not run stays what Markdown makes of it."""
    return isinstance(example, Program | Transcript | Inline)


def bare_view(text: str, root: Path) -> PageView:
    """A page from its text alone, without evidence and Run buttons."""
    page = read_text(text, root / "page.md", root)
    mine = proofs(page, Reports(), "", why_no_button(page, None))
    return PageView(page, PageProofs("", "", mine), None)


def makeExtension(**settings: Any) -> Examples:
    return Examples(**settings)
