"""What only a page as a whole can tell: programs that nothing runs, transcripts that speak for the same leg."""

from collections.abc import Sequence

from . import inline
from .commands import module_name
from .examples import Example, Inline, Program, Refused, Transcript, Waiting
from .fences import PageError
from .places import START_METHODS
from .sources import Source, imported_modules


def check(examples: Sequence[Example]) -> list[Example]:
    """The examples of a page, some of them refused because of the others."""
    programs = {example.title: example for example in examples if isinstance(example, Program)}
    blocks = [example for example in examples if isinstance(example, Inline)]
    used = titles_used(programs, examples)
    page_code = inline.PageCode(blocks)
    checked: list[Example] = []
    for example in examples:
        try:
            if isinstance(example, Program) and example.title not in used:
                raise PageError(
                    example.fence.line,
                    f"nothing runs {example.title} on this page: add its transcript, then `pytest --update` fills it:\n"
                    f"```console\n$ python {example.title}\n```",
                )
            if isinstance(example, Transcript):
                check_start(example, programs)
                check_overlap(example, [other for other in checked if isinstance(other, Transcript)])
            if isinstance(example, Inline):
                page_code.check_workers(example)
        except PageError as error:
            example = Refused(error.line, error.message, example.fence)
        checked.append(example)
    return checked


def check_start(example: Transcript, programs: dict[str, Program]) -> None:
    """PageError if a transcript asks for start methods that its program, which picks its own, never uses."""
    command, start = example.command, example.attributes.start
    source = Source(command.code) if command.program is None else programs[command.program].source
    picked = source.start_methods
    if start == START_METHODS or (picked is None and source.engine is None):
        return
    name = command.program or "the code after -c"
    if picked is None:
        raise PageError(example.fence.line, f"{source.engine} starts the processes of {name}: leave `start` out")
    if picked - set(start):
        methods = " and ".join(sorted(picked))
        raise PageError(
            example.fence.line,
            f"{name} picks {methods} itself, and this transcript speaks for {' and '.join(start)}: leave `start` out",
        )


def check_overlap(example: Transcript, above: Sequence[Transcript]) -> None:
    """PageError if a transcript above speaks for a leg of the same command: only one of them can be right."""
    mine = example.attributes
    for other in (other for other in above if other.command == example.command):
        theirs = other.attributes
        methods = [method for method in mine.start if method in theirs.start]
        both = mine.python & theirs.python
        versions = (f"3.{minor}.{patch}" for minor in range(11, 20) for patch in range(30))
        version = next((version for version in versions if both.contains(version)), None)
        systems = set(mine.system) & set(theirs.system)
        builds = set(mine.gil) & set(theirs.gil)
        if methods and version and systems and builds:
            raise PageError(
                example.fence.line,
                f"this transcript and the one at line {other.fence.line} both speak for start method {methods[0]} "
                f"on Python {version}: split them with start=, python=, system= or gil=",
            )


def titles_used(programs: dict[str, Program], examples: Sequence[Example]) -> set[str]:
    """Titles of the programs that run: in a command, or imported by a block or by another program that runs.

    A refused fence that names none stands for the program above it.
    """
    used: set[str] = set()
    above = ""  # the title of the last program
    for example in examples:
        if isinstance(example, Program):
            above = example.title
        elif isinstance(example, Transcript):
            used |= {title for title in programs if example.command.mentions(title)}
        elif isinstance(example, Refused | Waiting):  # that nothing else runs its program is no second fault
            used |= {title for title in programs if title in " ".join(example.fence.body[:1])} or {above} - {""}
    by_module = {module_name(title): title for title in programs}
    todo = [imported_modules(tuple(example.tree.body)) for example in examples if isinstance(example, Inline)]
    todo += [imports(programs[title]) for title in used]
    while todo:
        for name in todo.pop():
            title = by_module.get(name)
            if title and title not in used:
                used.add(title)
                todo.append(imports(programs[title]))
    return used


def imports(program: Program) -> set[str]:
    return program.source.imports(program.title.rpartition("/")[0].replace("/", "."))
