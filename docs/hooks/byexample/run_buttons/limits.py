"""Says from a program's source why it cannot run in a page; worked out at build time, so that no button breaks."""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping

from ..pages.commands import module_name
from ..pages.examples import Page, Program
from ..pages.places import START_METHODS
from ..pages.sources import called

VIEW = "It needs a view of shared memory, and workers in a page have no memory in common that Python could map."
TRACKER = "It shows what the resource tracker does, a process that a page does not have."
CPU_TIME = "It measures CPU time, which a page cannot know."
GROUPS = "It works with process groups, which a page does not have."
FILES = "Its processes share a file, and in a page each process has files of its own."
ABSENT = "It starts another program, which a page cannot do."
INTERPRETERS = "It starts interpreters in threads, and a page's Python has no threads of the system."
# Modules that a page's Python lacks, or that do nothing there.
MODULES = {
    "multiprocessing.resource_tracker": TRACKER,
    "socket": "It opens network connections, which a page's Python cannot do.",
    "subprocess": ABSENT,
    "faulthandler": "It watches for crashes and for time that runs out, which a page's Python cannot do.",
    "cProfile": "It profiles, and a page's Python crashes under the profiler.",
    "resource": "It reads the system's limits, which a page does not have.",
}
# What is read as an attribute of a module, or called.
NAMES = {
    "thread_time": CPU_TIME,
    "process_time": CPU_TIME,
    "FileHandler": FILES,
    "TemporaryDirectory": FILES,
    "NamedTemporaryFile": FILES,
    "mkstemp": FILES,
    "mkdtemp": FILES,
    "fork": "It calls fork, and a page can only spawn.",
    "setpgrp": GROUPS,
    "setsid": GROUPS,
    "killpg": GROUPS,
    "getpgid": GROUPS,
    "InterpreterPoolExecutor": INTERPRETERS,
    "create_subprocess_exec": ABSENT,
    "breakpoint": "It stops in a debugger, which needs a terminal to type in.",
    "remote_exec": "It looks into another process, which a page's Python does not let it do.",
    "orig_argv": "It shows the command that started a process, and here a worker is started by no command.",
}
# What makes a view of a buffer, which the `buf` of a SharedMemory does not give.
VIEWS = ("memoryview", "bytearray", "from_buffer", "frombuffer")
SYSTEM_FILES = ("/proc/", "/dev/fd", "/dev/shm")


def why_not_runnable(page: Page, title: str) -> str:
    """The reason in words for the reader; empty if the page's program of this title can run."""
    if by_author := page.program(title).no_run:
        return by_author
    own = {program.title.split("/")[0].removesuffix(".py") for program in page.programs}
    nodes: list[ast.AST] = []
    reasons: set[str] = set()
    for program in with_imported(page, title):
        reasons.update(missing_modules(program, own))
        nodes += program.source.nodes
    for node in nodes:
        reasons.update(reason for rule in RULES if (reason := rule(node)))
    if leaves_shared_memory(nodes):
        reasons.add(TRACKER)
    return " ".join(sorted(reasons))


def with_imported(page: Page, title: str) -> list[Program]:
    """The program of this title, and those of the page's programs that it imports."""
    modules: Mapping[str, Program] = {module_name(program.title): program for program in page.programs}
    found: list[Program] = []
    todo = [page.program(title)]
    while todo:
        program = todo.pop()
        if program not in found:
            found.append(program)
            todo += [modules[name] for name in sorted(program.source.imports()) if name in modules]
    return found


def missing_modules(program: Program, own: set[str]) -> Iterator[str]:
    """Reasons of its imports; `own` are the modules that the page shows."""
    for module in program.source.imports():
        package = module.split(".")[0]
        if package and package not in sys.stdlib_module_names and package not in own:
            yield f"It needs {package}, which is not part of the page's Python."
        if module in MODULES:
            yield MODULES[module]


def leaves_shared_memory(nodes: list[ast.AST]) -> bool:
    """Whether shared memory is made that nobody removes, so that the resource tracker has to."""
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    made = any(
        isinstance(node, ast.Call) and called(node) == "SharedMemory" and "create" in keywords(node) for node in nodes
    )
    return made and "unlink" not in attributes


def keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


# -- rules: each gives its reason for a node, or None -----------------------------------------------------------------


def uses_name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return NAMES.get(node.attr)
    return NAMES.get(node.id) if isinstance(node, ast.Name) else None


def logs_to_a_file(node: ast.AST) -> str | None:
    logs = isinstance(node, ast.Call) and called(node) == "basicConfig" and "filename" in keywords(node)
    return FILES if logs else None


def makes_a_view(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call) or called(node) not in VIEWS:
        return None
    inside = (inner for argument in node.args for inner in ast.walk(argument))
    return VIEW if any(isinstance(inner, ast.Attribute) and inner.attr == "buf" for inner in inside) else None


def asks_for_another_start_method(node: ast.AST) -> str | None:
    asks = isinstance(node, ast.Call) and called(node) in ("get_context", "set_start_method")
    if not asks or not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return None
    method = node.args[0].value
    other = isinstance(method, str) and method in START_METHODS and method != "spawn"
    return f"It asks for the start method {method!s}, and a page can only spawn." if other else None


def reads_a_system_file(node: ast.AST) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    reads = isinstance(value, str) and value.startswith(SYSTEM_FILES)
    return f"It reads {value!s}, which a page does not have." if reads else None


def names_interpreters(node: ast.AST) -> str | None:
    """As in `f"{name}PoolExecutor"`."""
    return INTERPRETERS if isinstance(node, ast.Constant) and node.value == "Interpreter" else None


RULES: tuple[Callable[[ast.AST], str | None], ...] = (
    uses_name,
    logs_to_a_file,
    makes_a_view,
    asks_for_another_start_method,
    reads_a_system_file,
    names_interpreters,
)
