"""Inline blocks: which of them prove nothing or cannot work, and running those that can."""

import ast
import contextlib
import doctest
import linecache
import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sybil.evaluators.doctest import KEEP_TRAILING_WHITESPACE, DocTestEvaluator

from .compare import visible
from .fences import PageError

# Calls that send a function to another process. `map` and the like count only on a pool of processes.
POOLS = {"Pool", "ProcessPoolExecutor"}
SENDS = {
    "apply",
    "apply_async",
    "map",
    "map_async",
    "imap",
    "imap_unordered",
    "starmap",
    "starmap_async",
    "submit",
}
CALLBACKS = {"callback", "error_callback"}  # these stay in the parent
FLAGS = doctest.ELLIPSIS | doctest.REPORT_UDIFF | doctest.DONT_ACCEPT_TRUE_FOR_1 | KEEP_TRAILING_WHITESPACE
# In what doctest reports of an exception: its own frame, and those of examples, which count from their first lines.
HARNESS_FRAME = re.compile(r'^( +)File "[^"]*doctest\.py", line \d+, in __run\n(?:\1 +.*\n)+', re.MULTILINE)
DOCTEST_FRAME = re.compile(r'File "<doctest [^"]*:(?P<first>\d+)\[\d+\]>", line (?P<line>\d+),')


@dataclass(frozen=True)
class Problem:
    """What an inline block did that it does not show, with the page's line."""

    line: int
    message: str


def parse(source: str, line: int, is_doctest: bool) -> ast.Module:
    """The block as a syntax tree; PageError if it has none. A doctest may show a SyntaxError: that part is left out."""
    if is_doctest:
        tree = ast.Module([], [])
        for example in doctest.DocTestParser().get_examples(source):
            with contextlib.suppress(SyntaxError):  # running it tells whether that is what the page shows
                tree.body += ast.parse(example.source).body
        return tree
    try:
        compile(source, "page", "exec", dont_inherit=True)  # refuses more than ast.parse(): a `return`, for one
        return ast.parse(source)
    except SyntaxError as error:
        raise PageError(line + (error.lineno or 1), f"SyntaxError: {error.msg}") from None
    except ValueError as error:  # null bytes, up to Python 3.11.3
        raise PageError(line, str(error)) from None


def check(source: str, line: int, is_doctest: bool) -> None:
    """PageError for a block that would pass without running, or that runs nothing."""
    if is_doctest:
        try:
            found = doctest.DocTestParser().parse(source)
        except ValueError as error:
            raise PageError(line, f"cannot read this doctest: {error}") from None
        examples = [one for one in found if isinstance(one, doctest.Example)]
        if examples and (
            loose := next((text.strip() for text in found if isinstance(text, str) and text.strip()), None)
        ):
            raise PageError(
                line,
                f"nothing compares this with what is printed: {loose.splitlines()[0]!r}\nAn output stands directly below its `>>>` line.",
            )
        if not examples:
            raise PageError(line, "no `>>>` line: nothing here runs")
        for example in examples:
            if example.options:
                raise PageError(
                    line + 1 + example.lineno, "doctest directives are not honoured: `...` elides, nothing else"
                )
    tree = parse(source, line, is_doctest)
    if not tree.body and not is_doctest:
        raise PageError(line, "nothing here runs: this fence holds no statement")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "__name__":
            raise PageError(
                line,
                'an inline block is not the main program: a body under `if __name__ == "__main__"` would pass '
                "without running. Make it a program: a file in snippets/ and its transcript",
            )


class PageCode:
    """What the inline blocks of a page define, and which of it they send to another process."""

    def __init__(self, blocks: Sequence) -> None:
        self.trees = {block: parse(block.source, block.fence.line, block.doctest) for block in blocks}
        nodes = [node for tree in self.trees.values() for node in ast.walk(tree)]
        self.aliases = {
            alias.asname: alias.name
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.asname
        }
        self.functions = functions(nodes)
        self.pools = self.pool_names(nodes)

    def check_workers(self, block) -> None:
        """PageError if the block sends a function or class of the page itself to another process."""
        for node in ast.walk(self.trees[block]):
            if isinstance(node, ast.ClassDef) and any(self.name(base) == "Process" for base in node.bases):
                raise PageError(block.fence.line, worker_message(node.name))
            for value in self.sent(node) if isinstance(node, ast.Call) else []:
                for one in parts(value):
                    if isinstance(one, ast.Lambda) or (isinstance(one, ast.Name) and one.id in self.functions):
                        raise PageError(block.fence.line, worker_message(getattr(one, "id", "lambda")))

    def sent(self, call: ast.Call) -> list[ast.expr]:
        """Arguments of the call that go to another process."""
        name = self.name(call.func)
        given = [keyword.value for keyword in call.keywords]
        if name in {"Process", *POOLS}:
            return [*call.args, *given]
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        if name in SENDS and owner in self.pools:
            return [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg not in CALLBACKS)]
        if name == "run_in_executor" and call.args and ast.unparse(call.args[0]) in self.pools:
            return call.args[1:]
        return []

    def pool_names(self, nodes: Sequence[ast.AST]) -> set[str]:
        """Expressions that are, or are bound to, a pool of processes."""
        bound = {ast.unparse(node) for node in nodes if self.is_pool(node)}
        for node in nodes:
            if isinstance(node, ast.Assign) and self.is_pool(node.value):
                bound |= {ast.unparse(target) for target in node.targets}
            elif isinstance(node, ast.withitem) and node.optional_vars and self.is_pool(node.context_expr):
                bound.add(ast.unparse(node.optional_vars))
        return bound

    def is_pool(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and self.name(node.func) in POOLS

    def name(self, node: ast.expr) -> str:
        """The last part of a dotted name, as it was before `import … as`."""
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        return self.aliases.get(name, name)


def functions(nodes: Iterable[ast.AST]) -> set[str]:
    """Names of the functions and classes that these nodes define."""
    names = set()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def parts(value: ast.expr) -> list[ast.expr]:
    """The expression, or what it holds: elements of a collection, arguments of `partial`."""
    held: list[ast.expr] = []
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        held = value.elts
    elif isinstance(value, ast.Dict):
        held = value.values
    elif isinstance(value, ast.Starred):
        held = [value.value]
    elif isinstance(value, ast.Call) and ast.unparse(value.func).endswith("partial"):
        held = [*value.args, *(keyword.value for keyword in value.keywords)]
    else:
        return [value]
    return [part for one in held for part in parts(one)]


def worker_message(name: str) -> str:
    return (
        f"`{name}` is defined on this page: a worker process cannot import it. Put it in a file "
        "below snippets/, show that file, and import it here"
    )


def run(block, path: Path, namespace: dict) -> Problem | None:
    """Runs the block in the page's namespace; a problem is told with the page's own lines, and without ours."""
    if block.doctest:
        return run_doctest(block, path, namespace)
    source = "\n" * block.fence.line + block.source
    linecache.checkcache(str(path))
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), namespace)
    except (Exception, SystemExit, pytest.fail.Exception) as error:  # whatever a block raises is the page's failure
        frames = traceback.extract_tb(error.__traceback__)
        mine = [index for index, frame in enumerate(frames) if frame.filename == str(path)]
        stopped = isinstance(error, pytest.fail.Exception)  # by pytest-timeout, whose own frames come last
        shown = traceback.format_list(frames[mine[0] : mine[-1] + 1 if stopped else None])
        what = f"this block was stopped: {error.msg}" if stopped else "this block raised"
        shown += [] if stopped else traceback.format_exception_only(error)
        return Problem(frames[mine[-1]].lineno or block.fence.line, f"{what}\n{''.join(shown).rstrip()}")
    return None


def run_doctest(block, path: Path, namespace: dict) -> Problem | None:
    # As in programs, `...` elides; all else is compared to the letter.
    evaluate = DocTestEvaluator(FLAGS)
    for example in doctest.DocTestParser().get_examples(block.source):
        line = block.fence.line + 1 + example.lineno
        report = evaluate(_DocTestExample(example, f"{path}:{line}", namespace))
        if report:
            report = HARNESS_FRAME.sub("", report)
            report = DOCTEST_FRAME.sub(
                lambda frame: f'File "{path}", line {int(frame["first"]) + int(frame["line"]) - 1},', report
            )
            shown = "\n".join(visible(report.strip("\n").split("\n")))
            return Problem(line, f">>> {example.source.strip()}\n{shown}")
    return None


class _DocTestExample:
    """What sybil's evaluator wants to see of an example."""

    def __init__(self, parsed: doctest.Example, path: str, namespace: dict) -> None:
        self.parsed = parsed
        self.path = path
        self.namespace = namespace
