"""What a program's source tells, parsed once: its imports, start methods and packages."""

import ast
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .places import START_METHODS

# Packages that start processes in their own way, whatever the default start method of multiprocessing is.
ENGINES = ("distributed", "joblib", "mpi4py", "ray")
# As PEP 723 gives it: https://peps.python.org/pep-0723/#specification
HEADER = re.compile(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$")


@dataclass(frozen=True)
class Source:
    """The text of a program. A program may show a syntax error: then nothing is known of it but its text."""

    text: str

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None for a program that shows a syntax error."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: too deeply nested
            return None

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of the tree."""
        return tuple(ast.walk(self.tree)) if self.tree else ()

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """The packages that its PEP 723 header names, sorted; ValueError if the header cannot be read."""
        header = HEADER.search(self.text)
        if not header:
            return ()
        content = re.sub(r"^# ?", "", header["content"], flags=re.MULTILINE)
        names = tomllib.loads(content).get("dependencies", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError("`dependencies` is not a list of strings")
        return tuple(sorted(set(names)))

    @cached_property
    def start_methods(self) -> frozenset[str] | None:
        """The start methods that it names in get_context() or set_start_method(); None if it leaves the default.

        Empty if the name is no constant. An executor with max_tasks_per_child= and without a context takes spawn.
        """
        named: set[str] = set()
        picks = False
        for call in (node for node in self.nodes if isinstance(node, ast.Call)):
            name = called(call)
            keywords = {keyword.arg for keyword in call.keywords}
            values = [*call.args, *(keyword.value for keyword in call.keywords)]
            if name in ("get_context", "set_start_method") and values:
                picks = True
                constants = [value.value for value in values if isinstance(value, ast.Constant)]
                named |= {value for value in constants if isinstance(value, str) and value in START_METHODS}
            if name == "ProcessPoolExecutor" and "max_tasks_per_child" in keywords and "mp_context" not in keywords:
                picks = True
                named.add("spawn")
        return frozenset(named) if picks else None

    @cached_property
    def engines(self) -> tuple[str, ...]:
        """The packages of ENGINES that it needs: beside its own processes there are theirs."""
        named = {re.split(r"[^\w-]", requirement)[0] for requirement in self.requirements}
        return tuple(name for name in ENGINES if name in named)

    @property
    def engine(self) -> str | None:
        """The package that starts its processes; None if multiprocessing or concurrent.futures may."""
        if not self.engines or {"multiprocessing", "concurrent"} & self.imports():
            return None
        return self.engines[0]

    def imports(self, package: str = "") -> set[str]:
        """Modules that it names in import statements, with those they are part of; it is a module of this package."""
        return imported_modules(self.nodes, package)


def called(call: ast.Call) -> str:
    """The last part of the called function's name; empty if it has none."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def imported_modules(nodes: Iterable[ast.AST], package: str = "") -> set[str]:
    """Modules that these nodes of a package's module import, with those they are part of."""
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return {name[:end] for name in names for end in [*(dot.start() for dot in re.finditer(r"\.", name)), len(name)]}
