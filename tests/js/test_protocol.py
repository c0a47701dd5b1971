"""docs/assets/run/protocol.js names every message and system call: each is sent and handled, and there is no other."""

import ast
import re
from collections import defaultdict

import pytest

from ..site.conftest import ROOT

RUN = ROOT / "docs/assets/run"
PYTHON = sorted((RUN / "python/multiprocessing_workers").glob("*.py"))
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


def source(*names: str) -> str:
    return "\n".join((RUN / name).read_text("utf-8") for name in names)


def code(*names: str) -> str:
    return COMMENT.sub("", source(*names))


def typedef(name: str, file: str = "protocol.js") -> str:
    """What stands in braces for a type."""
    (braces,) = re.findall(r"@typedef \{((?:(?!@typedef|\*/).)*)\}\s+" + name + r"\b(?!\.)", source(file), re.DOTALL)
    return braces


def types(name: str, file: str = "protocol.js") -> set[str]:
    """The types of messages that are part of a union."""
    return set(re.findall(r'\{ type: "([^"]+)"', typedef(name, file)))


def functions(name: str) -> dict[str, int | None]:
    """The functions of a type, with how many arguments each takes; None if any number."""
    signatures = re.findall(r'"([^"]+)": \(([^()]*)\) =>', typedef(name))
    return {
        key: None if "..." in parameters else len(re.findall(r"\w+: ", parameters)) for key, parameters in signatures
    }


def sent(function: str, *names: str) -> set[str]:
    """The types of all messages that these scripts pass to the function, as literals."""
    text = code(*names)
    literals = re.findall(rf'\b{function}\((?:process, )?\{{\s*type: "([^"]+)"', text)
    assert literals, f"{function} is called with no literal in {names}"
    return set(literals)


def handled(*names: str) -> set[str]:
    return set(re.findall(r'\bcase "([^"]+)":', code(*names)))


def test_messages_to_a_worker():
    at_boot = set(re.findall(r'@type \{ToWorker\} \*/\s*const message = \{ type: "([^"]+)"', source("boot.js")))
    assert at_boot == {"boot"}
    assert sent("post", "kernel.js") | at_boot == handled("worker.js") == types("ToWorker")


def test_messages_from_a_worker():
    assert sent("post", "worker.js") == types("WhileBooting") | types("FromProcess")
    assert handled("boot.js") == types("WhileBooting")
    assert handled("kernel.js") == types("FromProcess")
    told = set(calls_in_python("tell"))
    (table,) = re.findall(r"TOLD = new Set\(\[([^]]*)\]", source("system-calls.js"))
    assert set(re.findall(r'"([^"]+)"', table)) == told


@pytest.mark.parametrize(
    ("name", "calls", "inside"),
    [
        ("worker.js", "postMessage", "post"),
        ("kernel.js", "postMessage", "post"),
        ("boot.js", "postMessage", "start"),
    ],
)
def test_messages_are_posted_in_one_typed_place(name, calls, inside):
    """So that the tests above, which look for literals, see all of them."""
    (before,) = [part for part in code(name).split(f"{calls}(")[:-1]]
    names = re.findall(r"^(?:  |function )?(\w+)\([^()]*(?:\([^()]*\))?[^()]*\) \{$", before, re.MULTILINE)
    assert names[-1] == inside


def test_events_of_the_kernel():
    events = types("KernelEvent", "kernel.js")
    assert sent("tell", "kernel.js") == events
    assert handled("panel.js") | handled("timeline.js") == events


def calls_in_python(*ways: str) -> dict[str, set[int]]:
    """The system calls that the package makes in these ways, with how many arguments."""
    calls = defaultdict(set)
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ways:
                assert isinstance(node.args[0], ast.Constant), (
                    f"{path.name}:{node.lineno}: the call's name is a literal"
                )
                calls[node.args[0].value].add(len(node.args) - 1)
    return calls


def test_system_calls():
    named = functions("SystemCalls")
    table = code("system-calls.js").partition("SYSTEM_CALLS = {")[2]
    answered = {quoted or plain for quoted, plain in re.findall(r'^  (?:"([^"]+)"|(\w+)): \(', table, re.MULTILINE)}
    assert answered == set(named)
    assert calls_in_python("call", "fetch", "tell") == {name: {number} for name, number in named.items()}


def test_what_python_asks_of_the_worker():
    named = functions("Host")
    (table,) = re.findall(r"^const host = \{\n(.*?)^\};", code("worker.js"), re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"^  (\w+)[(:]", table, re.MULTILINE)) == set(named)
    asked = {name for path in PYTHON for name in re.findall(r"\bhost\.(\w+)", path.read_text("utf-8"))}
    assert asked == set(named)


def test_errors_have_exceptions():
    (kernel,) = [path for path in PYTHON if path.name == "kernel.py"]
    errors = set(re.findall(r'^    "(E\w+)":', kernel.read_text("utf-8"), re.MULTILINE))
    scripts = code("kernel.js", "object-table.js", "system-calls.js", "wait-queues.js")
    raised = set(re.findall(r'(?:Refusal\(|error: )"(E\w+)"', scripts))
    assert raised - {"EINTR"} == errors == set(re.findall(r'"(E\w+)"', typedef("ErrorName")))
    assert '"EINTR"' in kernel.read_text("utf-8")  # the call is made again


def test_actions_for_signals():
    (processes,) = [path for path in PYTHON if path.name == "processes.py"]
    (line,) = re.findall(r"^    action = .*$", processes.read_text("utf-8"), re.MULTILINE)
    named = set(re.findall(r'"(\w+)"', typedef("SignalAction")))
    assert set(re.findall(r'"(\w+)"', line)) == named
    assert set(re.findall(r'"(handle|ignore|default)"', code("system-calls.js"))) == named


def test_facts_of_a_process():
    """What the worker tells Python of the process that it becomes."""
    (passed,) = re.findall(r"JSON\.stringify\(\{ ([\w, ]+) \}\)", code("worker.js"))
    (package,) = [path for path in PYTHON if path.name == "__init__.py"]
    read = set(re.findall(r'facts(?:\[|\.get\()"(\w+)"', package.read_text("utf-8")))
    assert set(passed.split(", ")) == read
    run = typedef("ToWorker").partition('type: "run"')[2].partition("}")[0]
    assert read <= set(re.findall(r"(\w+)\??: ", run))
