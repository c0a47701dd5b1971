"""Inline blocks: which of them prove nothing or cannot work."""

import ast
import contextlib
import doctest
from collections.abc import Iterable, Sequence

from .examples import Inline
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
DEPTH = 100  # nodes in each other that can be read on any stack, that of the tests and that of the build
TOO_DEEP = "Python cannot read this: nested too deeply"


def parse(source: str, line: int, is_doctest: bool) -> ast.Module:
    """The block as a syntax tree; PageError if it has none. A doctest may show a SyntaxError: that part is left out."""
    tree = ast.Module([], [])
    try:
        if is_doctest:
            for example in doctest.DocTestParser().get_examples(source):
                with contextlib.suppress(SyntaxError):  # running it tells whether that is what the page shows
                    tree.body += ast.parse(example.source).body
        else:
            compile(source, "page", "exec", dont_inherit=True)  # refuses more than ast.parse(): a `return`, for one
            tree = ast.parse(source)
    except SyntaxError as error:
        raise PageError(line + (error.lineno or 1), f"SyntaxError: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise PageError(line, TOO_DEEP) from None
    except ValueError as error:  # null bytes, up to Python 3.11.3
        raise PageError(line, f"Python cannot read this: {error}") from None
    if depth(tree) > DEPTH:
        raise PageError(line, TOO_DEEP)
    return tree


def depth(tree: ast.AST) -> int:
    """How many nodes stand in each other."""
    levels, nodes = 0, [tree]
    while nodes:
        levels, nodes = levels + 1, [child for node in nodes for child in ast.iter_child_nodes(node)]
    return levels


def check(source: str, line: int, is_doctest: bool) -> ast.Module:
    """The block's syntax tree; PageError for a block that would pass without running, or that runs nothing."""
    if is_doctest:
        check_doctest(source, line)
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
    return tree


def check_doctest(source: str, line: int) -> None:
    """PageError for a doctest that cannot be read, or that shows what nothing compares."""
    try:
        parts = doctest.DocTestParser().parse(source)
    except ValueError as error:
        raise PageError(line, f"cannot read this doctest: {error}") from None
    examples = [part for part in parts if isinstance(part, doctest.Example)]
    if not examples:
        raise PageError(line, "no `>>>` line: nothing here runs")
    if loose := next((part.strip() for part in parts if isinstance(part, str) and part.strip()), None):
        raise PageError(
            line,
            f"nothing compares this with what is printed: {loose.splitlines()[0]!r}\n"
            "An output stands directly below its `>>>` line.",
        )
    for example in examples:
        if example.options:
            raise PageError(
                line + 1 + example.lineno, "doctest directives are not honoured: `...` elides, nothing else"
            )


class PageCode:
    """What the inline blocks of a page define, and which of it they send to another process."""

    def __init__(self, blocks: Sequence[Inline]) -> None:
        nodes = [node for block in blocks for node in ast.walk(block.tree)]
        self.aliases = {
            alias.asname: alias.name
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.asname
        }
        self.functions = functions(nodes)
        self.pools = self.pool_names(nodes)

    def check_workers(self, block: Inline) -> None:
        """PageError if the block sends a function or class of the page itself to another process."""
        for node in ast.walk(block.tree):
            if isinstance(node, ast.ClassDef) and any(self.name(base) == "Process" for base in node.bases):
                raise PageError(block.fence.line, worker_message(node.name))
            for value in self.sent(node) if isinstance(node, ast.Call) else []:
                for part in parts(value):
                    if isinstance(part, ast.Lambda) or (isinstance(part, ast.Name) and part.id in self.functions):
                        raise PageError(block.fence.line, worker_message(getattr(part, "id", "lambda")))

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
    return [part for element in held for part in parts(element)]


def worker_message(name: str) -> str:
    return (
        f"`{name}` is defined on this page: a worker process cannot import it. Put it in a file "
        "below snippets/, show that file, and import it here"
    )
