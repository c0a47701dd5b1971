"""Reads a page: its fences, what Markdown makes of them, and what each of them means."""

import re
from collections.abc import Sequence
from pathlib import Path

from . import entries, whole_page
from .classify import MARKER, Above, classify
from .examples import Example, NotRun, Page, Program, Refused, Waiting
from .fences import Fence, PageError, scan
from .files import SETTING, front_matter, is_notebook, without_front_matter
from .rendering import TOKENS, Rendered, render, settings

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
SKIP_COMMENT = re.compile(r"<!--+\s*skip\b", re.IGNORECASE)
# What a page may say at its head, and of what type; the theme would fail on another with a traceback.
HEAD = {
    "description": str,
    "title": str,
    "style": str,
    "hide": list,
    "messages": list,
    "symptoms": list,
    "search": dict,
    "jupyter": dict,
}
DESCRIPTION = 160  # characters that search engines show


def read(path: Path, root: Path) -> Page:
    """The page's examples. What is wrong with one becomes a Refused in its place, so that the others still run."""
    name = path.relative_to(root).as_posix()
    if message := entries.fault(path, root / "docs" if path.is_relative_to(root / "docs") else root):
        return Page(path, name, "", (refused(PageError(1, message)),))
    try:
        text = path.read_text("utf-8-sig")  # as MkDocs reads it
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"not UTF-8 ({error.reason} in this line): save it as UTF-8"
        return Page(path, name, "", (refused(PageError(line, message), at=1),))
    return read_text(text, path, root)


def read_text(text: str, path: Path, root: Path) -> Page:
    """As `read`, of a page with this text."""
    name = path.relative_to(root).as_posix()
    if not without_front_matter(text).strip():
        return Page(path, name, text, (refused(PageError(1, "this page is empty: write it or delete it")),))
    if unfit := re.search(rf"\0|{TOKENS.pattern}", text):
        line = text[: unfit.start()].count("\n") + 1
        what = f"`{unfit[0]}`, which stands for a fence while a page is rendered: write it in another way"
        message = "a null character, which no page can show" if unfit[0] == "\0" else what
        return Page(path, name, text, (refused(PageError(line, message)),))
    if path.suffix == ".py" and not is_notebook(path, root):
        message = "a Python file among the pages: nothing runs it. Programs live in snippets/, notebooks in docs/lab/"
        return Page(path, name, text, (refused(PageError(1, message)),))
    try:
        examples = notebook(text, root) if path.suffix == ".py" else markdown(text, name, root)
    except PageError as error:
        examples = [refused(error)]
    head = [refused(error) for error in head_problems(text, path, root)]
    return Page(path, name, text, tuple(sorted([*head, *examples], key=lambda example: example.fence.line)))


def refused(error: PageError, at: int | None = None) -> Refused:
    """A line that is refused, outside the fences."""
    line = at or error.line
    return Refused(error.line, error.message, Fence(line, line, "", "", "", ()))


def head_problems(text: str, path: Path, root: Path) -> list[PageError]:
    """What is wrong with the front matter. A site that describes itself wants a description of each page, too."""
    try:
        facts = front_matter(text, notebook=path.suffix == ".py")
    except ValueError as error:
        return [PageError(1, str(error))]
    if path.parent != root and path.suffix == ".md" and (setting := SETTING.match(text)):
        message = f"MkDocs takes `{setting[0].strip()}` at the head of a page for a setting, and leaves the line out"
        return [PageError(1, f"{message}: begin with the heading")]
    if path.parent == root:
        return []  # README.md and its like are no pages of the site
    for key, value in facts.items():
        if not isinstance(value, HEAD.get(key, ())) or (isinstance(value, str) and SURROGATE.search(value)):
            known = ", ".join(f"{name} ({kind.__name__})" for name, kind in HEAD.items())
            return [PageError(1, f"`{key}: {value!r}` is nothing that a page can say at its head (known: {known})")]
    if not settings(root / "mkdocs.yml").get("site_description"):
        return []
    description = facts.get("description")
    if not isinstance(description, str) or not description.strip():
        return [PageError(1, "search engines need a description of this page, between --- lines: description: …")]
    if len(description) > DESCRIPTION:
        length = f"{len(description)} characters, more than the {DESCRIPTION} that search engines show"
        return [PageError(1, f"`description` has {length}")]
    return []


def markdown(text: str, name: str, root: Path) -> list[Example]:
    """The examples of a Markdown page; PageError if its fences cannot be told apart."""
    text = without_front_matter(text)
    fences = scan(text)
    try:
        rendered, loose = render(text, fences, root / "mkdocs.yml")
    except RecursionError:
        raise PageError(1, "its lists, quotes or elements are nested too deeply to be rendered") from None
    programs: dict[str, Program] = {}
    broken: dict[str, int] = {}  # titles that a refused fence seems to show → its line
    examples: list[Example] = []
    for fence, shown in zip(fences, rendered, strict=True):
        example = example_of(fence, shown, Above(root, name, programs), broken)
        if isinstance(example, Program):
            programs[example.title] = example
        elif isinstance(example, Refused):
            broken |= dict.fromkeys(titles_in(fence), fence.line)
        examples.append(example)
    return [*whole_page.check(examples), *map(refused, [*outside(text, fences), *loose])]


def example_of(fence: Fence, shown: Rendered | PageError, above: Above, broken: dict[str, int]) -> Example:
    """The fence as an example: of its kind, refused, or waiting for a program above that is refused."""
    try:
        if isinstance(shown, PageError):
            raise shown
        example = classify(fence, shown, above)
    except PageError as error:
        words = fence.body[0].split() if fence.body else []
        missing = [title for title in broken if title in words and title not in above.programs]
        if missing and isinstance(shown, Rendered) and shown.language == "console":
            return Waiting(f"its program is refused at line {broken[missing[0]]}", fence)
        return Refused(error.line, error.message, fence)
    if isinstance(example, Program) and example.title in above.programs:
        line = above.programs[example.title].fence.line
        return Refused(fence.line, f"the page shows {example.title} twice (line {line})", fence)
    return example


def titles_in(fence: Fence) -> list[str]:
    """Titles that a fence seems to show, whatever is wrong with it."""
    if fence.body and fence.body[0].startswith("$ "):
        return []
    names = re.findall(r"[\w./-]+\.py\b", " ".join([fence.info, *fence.body[:1]]))
    return [part for name in names for part in (name, name.rpartition("/")[2])]


def outside(text: str, fences: Sequence[Fence]) -> list[PageError]:
    """Includes and skip comments outside the fences: what they bring in, or leave out, nothing would see."""
    inside = {number for fence in fences for number in range(fence.line, fence.end + 1)}
    errors = []
    for number, line in enumerate(text.split("\n"), 1):
        if number in inside:
            continue
        if MARKER.match(line):
            message = (
                "an include outside a fence: its examples would be hidden from the tests. "
                "Include whole programs, in a fence"
            )
            errors.append(PageError(number, message))
        elif SKIP_COMMENT.search(line):
            message = (
                'skip comments are not honoured: say why on the fence itself, {skip="the reason"}; the reader sees it'
            )
            errors.append(PageError(number, message))
    return errors


def notebook(text: str, root: Path) -> list[Example]:
    """A py:percent notebook is executed by the build; blocks in its prose would be outputs that nothing compares."""
    lines = text.split("\n")
    errors = [
        PageError(number, "a fence in a notebook's prose: nothing runs it. Make it a cell")
        for number, line in enumerate(lines, 1)
        if re.match(r"([#>*+ \t-]|\d+[.)])*(`{3,}|~{3,})", line)
    ]
    if not errors:
        _, loose = render("\n".join(prose(lines)), [], root / "mkdocs.yml")
        for error in loose:
            first = error.message.splitlines()[0]
            errors.append(PageError(error.line, f"{first}\nNothing runs it. Make it a cell"))
    if errors:
        return list(map(refused, errors))
    return [NotRun(Fence(1, len(lines), "", "", "notebook", ()))]


def prose(lines: Sequence[str]) -> list[str]:
    """The lines of a py:percent notebook with nothing left but the text of its Markdown cells, each at its number."""
    kept, inside = [], False
    for line in lines:
        if line.startswith("# %%"):
            kept.append("")
            inside = "[markdown]" in line or "[md]" in line
        else:
            kept.append(re.sub("^# ?", "", line) if inside and line.startswith("#") else "")
    return kept
