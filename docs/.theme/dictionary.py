"""What search knows of the error dictionary: each page's messages, as its programs printed them."""

import ast
from collections.abc import Iterable

from bs4 import BeautifulSoup

DATA = "errors.json"


def entry(page, content: str, outputs: list[str], sources: Iterable[str]) -> dict:
    """A page of the dictionary. `messages` of its front matter are those of its kin, which it does not print."""
    shown = BeautifulSoup(content, "html.parser")
    cause = shown.find("p")
    return {
        "url": page.url,
        "title": BeautifulSoup(page.title, "html.parser").get_text(),
        "cause": cause.get_text() if cause else "",
        "messages": page.meta.get("messages", []),
        "outputs": outputs,
        "names": sorted(set().union(*(names(source, "\n".join(outputs)) for source in sources))),
    }


def names(source: str, outputs: str) -> set[str]:
    """What a program defines: a message that has these words in it will have others for the reader.

    Functions and classes; variables only where an output quotes them, since many are called `pool` or `process`.
    """
    try:
        tree = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return set()  # a program may show a syntax error
    defined = {
        node.name
        for node in tree
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.strip("_") == node.name
    }
    stored = {node.id for node in tree if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return defined | {name for name in stored if f"'{name}'" in outputs}
