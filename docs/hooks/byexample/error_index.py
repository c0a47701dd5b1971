"""What search knows of the error dictionary: each page's messages, as its programs printed them."""

import ast
from typing import Any

from bs4 import BeautifulSoup

from .pages.examples import Page
from .pages.sources import Source

DATA = "errors.json"


def entry(page: Page, content: str, url: str, title: str, messages: list[str]) -> dict[str, Any]:
    """What search knows of a page. `messages` of its front matter are those of its kin, which it does not print."""
    cause = BeautifulSoup(content.partition("</p>")[0], "html.parser").find("p")  # the first one; all would take long
    outputs = ["\n".join(transcript.output) for transcript in page.transcripts]
    printed = "\n".join(outputs)
    return {
        "url": url,
        "title": BeautifulSoup(title, "html.parser").get_text(),
        "cause": cause.get_text() if cause else "",
        "messages": messages,
        "outputs": outputs,
        "names": sorted(set().union(*(names(program.source, printed) for program in page.programs))),
    }


def names(source: Source, outputs: str) -> set[str]:
    """What a program defines: a message that has these words in it will have others for the reader.

    Functions and classes; variables only where an output quotes them, since many are called `pool` or `process`.
    """
    functions = [node.name for node in source.nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    stored = {node.id for node in source.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined = {name for name in functions if name.strip("_") == name}
    return defined | {name for name in stored if f"'{name}'" in outputs}
