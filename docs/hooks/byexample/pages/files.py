"""Which files of a repository are pages, and what stands at their heads."""

import re
from pathlib import Path
from typing import Any

import yaml

NOTEBOOKS = "docs/lab"
APART = "docs/scale"  # pages whose programs need heavy packages: they run only when somebody names them
BEHIND_THE_PAGES = ("docs/hooks", "docs/theme", "docs/assets")  # what the site is made with
# As MkDocs finds it; in a notebook each of its lines is a comment.
FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?P<yaml>(?:.*\n)+?)(?:-{3}|\.{3})[ \t]*\n")
SETTING = re.compile(r" {0,3}[\w-]+:", re.ASCII)  # what it takes out of a page without front matter, too
NOTEBOOK_FRONT_MATTER = re.compile(r"# ---\n(?P<yaml>(?:#.*\n)*?)# ---(?:\n|\Z)")


def pages(root: Path) -> list[Path]:
    """All Markdown that readers and contributors see, and the notebooks."""
    found = [*root.glob("*.md"), *below(root, "*.md"), *(root / NOTEBOOKS).glob("*.py")]
    return sorted(path for path in found if path.is_file())


def strays(root: Path) -> list[Path]:
    """Python files that the build would publish as they are, and that nothing runs."""
    return sorted(path for path in below(root, "*.py") if path.is_file() and not is_notebook(path, root))


def below(root: Path, pattern: str) -> list[Path]:
    """Files below docs/ that are not hidden, and no part of what the site is made with."""
    code = [root / folder for folder in BEHIND_THE_PAGES]
    return [
        path
        for path in (root / "docs").rglob(pattern)
        if not any(path.is_relative_to(folder) for folder in code)
        and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(root).parts)
    ]


def is_notebook(path: Path, root: Path) -> bool:
    return path.suffix == ".py" and path.parent == root / NOTEBOOKS


def front_matter(text: str, *, notebook: bool = False) -> dict[str, Any]:
    """What stands between the lines `---` at the head of a page; ValueError if that is no YAML mapping."""
    head = (NOTEBOOK_FRONT_MATTER if notebook else FRONT_MATTER).match(text)
    if head is None:
        return {}
    source = re.sub(r"^# ?", "", head["yaml"], flags=re.MULTILINE) if notebook else head["yaml"]
    try:
        facts = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError):  # the last for `!!int ""`, [[[…
        facts = source
    if not isinstance(facts, dict):
        raise ValueError("the lines between --- at its head are not YAML: put a value with a colon in quotes")
    return facts


def without_front_matter(text: str) -> str:
    """The text with empty lines in the place of what MkDocs takes out at its head."""
    head = FRONT_MATTER.match(text)
    return "\n" * head[0].count("\n") + text[head.end() :] if head else text
