"""Says from a program's source why it cannot run in a page; worked out at build time, so that no button breaks."""

import ast
import sys
from collections.abc import Iterator, Mapping

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
# Programs whose source does not tell.
KNOWN = {
    "value_counts_in_loops.py": "It would take minutes: here each of the hundreds of thousands of accesses to shared memory is a message to the page.",
    "large_data_once.py": "It compares times, and here a message between processes takes longer than on a system of its own.",
    "map_or_imap_chunks.py": "It would take long: here each of its tens of thousands of messages goes through the page.",
    "workers_by_affinity.py": "It asks on which CPUs it may run, which a page cannot know.",
}
# What makes a view of a buffer, which the `buf` of a SharedMemory does not give.
VIEWS = ("memoryview", "bytearray", "from_buffer", "frombuffer")
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


def cannot(title: str, programs: Mapping[str, str]) -> str:
    """The reason in words for the reader; empty if the program can run. `programs` are all of the page, by title."""
    if title in KNOWN:
        return KNOWN[title]
    nodes = []
    for source in with_imported(title, programs):
        try:
            nodes += ast.walk(ast.parse(source))
        except SyntaxError:
            continue  # a program may show a syntax error
    found = {reason for node in nodes for reason in reasons(node, programs)}
    if leaves_shared_memory(nodes):
        found.add(TRACKER)
    return " ".join(sorted(found))


def leaves_shared_memory(nodes: list[ast.AST]) -> bool:
    """Whether shared memory is made that nobody removes, so that the resource tracker has to."""
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    made = any(
        isinstance(node, ast.Call) and called(node) == "SharedMemory" and "create" in {one.arg for one in node.keywords}
        for node in nodes
    )
    return made and "unlink" not in attributes


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def with_imported(title: str, programs: Mapping[str, str]) -> Iterator[str]:
    """The program's source, and those of the page's programs that it imports, or whose name it has in a string."""
    seen, left = set(), [title]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        yield programs[one]
        modules = {name.removesuffix(".py").replace("/", "."): name for name in programs}
        try:
            imported = [name for node in ast.walk(ast.parse(programs[one])) for name in imports(node)]
        except SyntaxError:
            continue
        left += [modules[name] for name in imported if name in modules]


def imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def reasons(node: ast.AST, programs: Mapping[str, str]) -> Iterator[str]:
    own = {name.split("/")[0].removesuffix(".py") for name in programs}
    for module in imports(node):
        package = module.split(".")[0]
        if package not in sys.stdlib_module_names and package not in own:
            yield f"It needs {package}, which is not part of the page's Python."
        if module in MODULES:
            yield MODULES[module]
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield NAMES[node.attr]
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield NAMES[node.id]
    if isinstance(node, ast.Call):
        name = called(node)
        if name == "basicConfig" and "filename" in {one.arg for one in node.keywords}:
            yield FILES
        if name in VIEWS and any(
            isinstance(inner, ast.Attribute) and inner.attr == "buf" for one in node.args for inner in ast.walk(one)
        ):
            yield VIEW
        if name in ("get_context", "set_start_method") and node.args and isinstance(node.args[0], ast.Constant):
            if node.args[0].value in ("fork", "forkserver"):
                yield f"It asks for the start method {node.args[0].value}, and a page can only spawn."
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith(("/proc/", "/dev/fd", "/dev/shm"))
    ):
        yield f"It reads {node.value}, which a page does not have."
    if isinstance(node, ast.Constant) and node.value == "Interpreter":  # f"{name}PoolExecutor"
        yield INTERPRETERS
