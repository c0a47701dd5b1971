"""Inline blocks: which of them prove nothing or cannot work, and running those that can."""

import ast
import doctest
import linecache
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sybil.evaluators.doctest import KEEP_TRAILING_WHITESPACE, DocTestEvaluator

from .fences import PageError

# Calls that send a function to another process. `map` and the like count only on a pool of processes.
POOLS = {"Pool", "ProcessPoolExecutor"}
SENDS = {
    "apply", "apply_async", "map", "map_async", "imap", "imap_unordered", "starmap", "starmap_async", "submit",
}  # fmt: skip
SEND_OPTIONS = {"target", "initializer", "func", "fn"}


@dataclass(frozen=True)
class Problem:
    """What an inline block did that it does not show, with the page's line."""

    line: int
    message: str


def parse(source: str, line: int, is_doctest: bool) -> ast.Module:
    """The block as a syntax tree, with the line numbers of the block (of its source lines, for a doctest)."""
    if is_doctest:
        examples = doctest.DocTestParser().get_examples(source)
        source = "".join(example.source for example in examples)
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise PageError(line + (error.lineno or 1), f"SyntaxError: {error.msg}") from None


def check(source: str, line: int, is_doctest: bool) -> None:
    """PageError for a block that would pass without running, or that runs nothing."""
    if is_doctest:
        try:
            examples = doctest.DocTestParser().get_examples(source)
        except ValueError as error:
            raise PageError(line, f"cannot read this doctest: {error}") from None
        if not examples:
            raise PageError(line, "no `>>>` line: nothing here runs")
        for example in examples:
            if example.options:
                raise PageError(line + 1 + example.lineno, "doctest directives are not honoured: `...` elides, nothing else")
    for node in ast.walk(parse(source, line, is_doctest)):
        if isinstance(node, ast.Name) and node.id == "__name__":
            raise PageError(
                line,
                "an inline block is not the main program: a body under `if __name__ == \"__main__\"` would pass "
                "without running. Make it a program: a file in snippets/ and its transcript",
            )


def defined(blocks: Iterable) -> set[str]:
    """Names of the functions and classes that the page's inline blocks define."""
    names = set()
    for block in blocks:
        for node in ast.walk(parse(block.source, block.fence.line, block.doctest)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def check_workers(block, functions: set[str]) -> None:
    """PageError if the block sends a function of the page itself to another process."""
    tree = parse(block.source, block.fence.line, block.doctest)
    pools = pool_names(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        sent: list[ast.expr] = []
        if name in {"Process", *POOLS}:
            sent = [keyword.value for keyword in call.keywords if keyword.arg in SEND_OPTIONS]
        elif name in SENDS and isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in pools:
            sent = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg in SEND_OPTIONS)]
        for value in sent:
            if isinstance(value, ast.Lambda) or (isinstance(value, ast.Name) and value.id in functions):
                what = getattr(value, "id", "a lambda")
                raise PageError(
                    block.fence.line,
                    f"`{what}` is defined on this page: a worker process cannot import it. Put it in a file "
                    "below snippets/, show that file, and import it here",
                )


def pool_names(tree: ast.Module) -> set[str]:
    """Expressions that are bound to a pool of processes, by assignment or `with`."""
    bound = set()
    for node in ast.walk(tree):
        pairs: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.With):
            pairs = [(item.optional_vars, item.context_expr) for item in node.items]
        for target, value in pairs:
            if target is not None and isinstance(value, ast.Call) and is_pool(value):
                bound.add(ast.unparse(target))
    return bound | {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call) and is_pool(node)}


def is_pool(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in POOLS


def run(block, path: Path, namespace: dict) -> Problem | None:
    """Runs the block in the page's namespace; a problem is told with the page's own lines, and without ours."""
    if block.doctest:
        return run_doctest(block, path, namespace)
    source = "\n" * block.fence.line + block.source
    linecache.checkcache(str(path))
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), namespace)
    except Exception as error:  # whatever a block raises is the page's failure, and is told in full
        frames = traceback.extract_tb(error.__traceback__)
        first = next(index for index, frame in enumerate(frames) if frame.filename == str(path))
        line = [frame.lineno for frame in frames[first:] if frame.filename == str(path)][-1]
        shown = "".join(traceback.format_list(frames[first:]) + traceback.format_exception_only(error))
        return Problem(line or block.fence.line, f"this block raised\n{shown.rstrip()}")
    return None


def run_doctest(block, path: Path, namespace: dict) -> Problem | None:
    # As in programs, `...` elides; all else is compared to the letter.
    evaluate = DocTestEvaluator(doctest.ELLIPSIS | doctest.REPORT_UDIFF | KEEP_TRAILING_WHITESPACE)
    for example in doctest.DocTestParser().get_examples(block.source):
        report = evaluate(_DocTestExample(example, str(path), namespace))
        if report:
            return Problem(block.fence.line + 1 + example.lineno, f">>> {example.source.strip()}\n{report.strip()}")
    return None


class _DocTestExample:
    """What sybil's evaluator wants to see of an example."""

    def __init__(self, parsed: doctest.Example, path: str, namespace: dict) -> None:
        self.parsed = parsed
        self.path = path
        self.namespace = namespace
