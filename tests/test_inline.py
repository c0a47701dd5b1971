"""Code in the page itself: one namespace down the page, doctests, and what must be a program instead."""

import signal
import subprocess
import sys

import pytest
from byexample.pages.examples import Inline, Program, Refused
from byexample.pages.inline import PageCode, parse

from .conftest import shown
from .harness import plugin

WORKER = "def work(x):\n    return x\n"
TRACEBACK = "Traceback (most recent call last):\n    ..."
MAIN_TOLD = 'an inline block is not the main program: a body under `if __name__ == "__main__"` would pass'
needs_alarm = pytest.mark.skipif(
    not hasattr(signal, "SIGALRM"), reason="without SIGALRM pytest-timeout ends all of pytest with the block"
)


def page_of(*blocks: str) -> str:
    """A page of these `python` fences; a blank line between."""
    return "\n".join(f"```python\n{block.rstrip()}\n```\n" for block in blocks)


def worker_told(name: str) -> str:
    return (
        f"`{name}` is defined on this page: a worker process cannot import it. "
        "Put it in a file below snippets/, show that file, and import it here"
    )


# -- one namespace, down the page


def test_blocks_share_one_namespace_down_the_page(site):
    site.page(page_of("import math\nx = 1", "def f():\n    return math.pi + x", "x += 1\nassert f() > 5", ">>> x\n2"))
    outcome = site.pytest()
    assert outcome.status == 0 and "4 passed" in outcome.text


def test_pages_do_not_share_their_namespaces(site):
    site.page(page_of("x = 1"), "docs/a.md")
    site.page(page_of("x"), "docs/b.md")
    (message,) = site.pytest().failures
    assert message.startswith("docs/b.md:2: this block raised\n") and "NameError: name 'x' is not defined" in message


def test_a_block_cannot_use_what_stands_below_it(site):
    site.page(page_of("x", "x = 1"))
    outcome = site.pytest()
    assert len(outcome.failures) == 1 and outcome.failures[0].startswith("docs/page.md:2: ")


def test_future_imports_of_the_harness_and_of_other_blocks_do_not_reach_a_block(site):
    site.page(page_of("from __future__ import annotations", "def f(x: undefined): pass\nf.__annotations__"))
    (message,) = site.pytest().failures
    assert "NameError: name 'undefined' is not defined" in message


def test_a_block_imports_the_programs_of_its_page(site):
    site.write("snippets/deep/module_of_the_page.py", "x = 2\n")
    program = shown("deep/module_of_the_page.py")
    site.page(program + page_of("from module_of_the_page import x\nassert x == 2"))
    assert isinstance(site.examples()[0], Program)
    assert site.pytest().status == 0


def test_a_block_cannot_import_a_program_beside_those_that_its_page_shows(site):
    site.write("snippets/hidden.py", "value = 1\n")
    site.write("snippets/tool.py", "import hidden\n")
    site.page(shown("tool.py") + "\n" + page_of("import tool"))
    assert (
        "docs/page.md:5: this block imports snippets/hidden.py, which the page does not show"
        in site.pytest().failures[0]
    )


def test_a_page_does_not_have_what_another_one_imported(site):
    site.write("snippets/tool.py", "calls = []\n")
    site.page(
        shown("tool.py") + "\n" + page_of("import tool\ntool.calls.append(1)", ">>> import tool\n>>> tool.calls\n[1]"),
        "docs/a.md",
    )
    site.page(shown("tool.py") + "\n" + page_of(">>> import tool\n>>> tool.calls\n[]"), "docs/b.md")
    site.page(page_of("import tool"), "docs/c.md")
    (message,) = site.pytest().failures
    assert message.startswith("docs/c.md:") and "No module named 'tool'" in message


def test_a_block_cannot_import_a_program_that_its_page_does_not_show(site):
    site.write("snippets/module_of_no_page.py", "")
    site.page(page_of("import module_of_no_page"))
    assert "ModuleNotFoundError: No module named 'module_of_no_page'" in site.pytest().failures[0]


# -- one block alone


def test_one_block_alone_is_run_by_its_line_after_those_above_it(site):
    site.page("# Title\n\n" + page_of("x = [1]", "x.append(2)", ">>> x\n[1, 2]", "1 / 0"))
    outcome = site.pytest("docs/page.md::line:11")
    assert outcome.status == 0 and "1 passed" in outcome.text


def test_blocks_above_run_once_whichever_block_is_run(site):
    site.page(page_of("x = []", "x.append(1)", ">>> x\n[1]"))
    outcome = site.pytest("docs/page.md::line:9", "docs/page.md::line:5")
    assert outcome.status == 0 and "2 passed" in outcome.text


def test_a_block_alone_does_not_run_those_below_it(site):
    site.page(page_of("x = 1", "1 / 0"))
    assert site.pytest("docs/page.md::line:1").status == 0


def test_a_block_alone_fails_with_the_line_of_the_block_above_that_failed(site):
    site.page(page_of("x = 1 / 0", "x += 1"))
    (message,) = site.pytest("docs/page.md::line:5").failures
    assert message.startswith("docs/page.md:2: this block raised\n") and "ZeroDivisionError" in message


def test_a_line_where_no_example_begins_is_an_error(site):
    site.page(page_of("x = 1"))
    outcome = site.pytest("docs/page.md::line:2")
    assert outcome.status == 4 and "not found" in outcome.text


# -- a block that fails


def test_a_failing_block_is_told_with_the_pages_lines_and_no_others(site):
    site.page("# Title\n\n" + page_of("def half(x):\n    return x / 0\n\nhalf(1)"))
    (message,) = site.pytest().failures
    lines = [line for line in message.splitlines() if "^" not in line]  # the marks below a line differ by version
    assert lines == [
        "docs/page.md:5: this block raised",
        '  File "docs/page.md", line 7, in <module>',
        "    half(1)",
        '  File "docs/page.md", line 5, in half',
        "    return x / 0",
        "ZeroDivisionError: division by zero",
    ]


def test_frames_below_the_page_are_told_and_those_of_the_harness_are_not(site):
    site.page(page_of("import json\njson.loads('{')"))
    outcome = site.pytest()
    (message,) = outcome.failures
    assert message.startswith('docs/page.md:3: this block raised\n  File "docs/page.md", line 3, in <module>\n')
    assert "decoder.py" in message
    for name in ("harness", "sybil", "pluggy", str(site.root)):
        assert name not in message
    assert "INTERNALERROR" not in outcome.text


def test_the_error_of_a_block_below_another_names_the_lines_of_both(site):
    site.page(page_of("def f():\n    raise ValueError('why')", "f()"))
    (message,) = site.pytest().failures
    assert message.startswith("docs/page.md:3: this block raised\n")
    assert '"docs/page.md", line 7, in <module>' in message and '"docs/page.md", line 3, in f' in message


@pytest.mark.parametrize(
    "block, error",
    [
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
        ("raise SystemExit", "SystemExit"),
        ("exit(0)", "SystemExit: 0"),
        ("assert 1 == 2", "AssertionError"),
        ("exec('x = (')", "SyntaxError"),
        ("raise ExceptionGroup('several', [ValueError(1)])", "ExceptionGroup: several (1 sub-exception)"),
    ],
)
def test_whatever_a_block_raises_is_a_failure_with_the_page_and_the_line(site, block, error):
    site.page(page_of(block, "x = 1"))
    outcome = site.pytest()
    (message,) = outcome.failures
    line = 1 + len(block.splitlines())
    assert message.startswith(f"docs/page.md:{line}: this block raised\n")
    assert f'  File "docs/page.md", line {line}, in <module>' in message
    assert error in message and "harness" not in message
    assert "1 failed, 1 passed" in outcome.text


def test_what_a_block_printed_stands_beside_its_error(site):
    site.page(page_of("print('so far')\n1 / 0"))
    assert "so far" in site.pytest().text


@pytest.mark.parametrize(
    "block, where",
    [
        ("while True:\n    pass", (2, 3)),
        ("import time\ntime.sleep(100)", (3,)),
        ("import time\ntry:\n    time.sleep(100)\nexcept Exception:\n    pass", (4,)),
        ("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", (5,)),
    ],
)
@needs_alarm
def test_an_endless_block_is_stopped_and_those_below_it_run(site, monkeypatch, block, where):
    monkeypatch.setattr(plugin, "INLINE_SECONDS", 1.0)
    site.page(page_of(block, "x = 1"))
    outcome = site.pytest()
    (message,) = outcome.failures
    told = "this block was stopped: Timeout (>1.0s)"
    assert any(message.startswith(f"docs/page.md:{line}: {told}") for line in where)
    assert '  File "docs/page.md", line ' in message
    assert "harness" not in message and "pytest_timeout.py" not in message
    assert "1 failed, 1 passed" in outcome.text


@needs_alarm
def test_an_endless_doctest_is_stopped(site, monkeypatch):
    monkeypatch.setattr(plugin, "INLINE_SECONDS", 1.0)
    site.page(page_of(">>> import time\n>>> time.sleep(100)", "x = 1"))
    outcome = site.pytest()
    (message,) = outcome.failures
    assert message.startswith("docs/page.md:3: >>> time.sleep(100)\n") and "Timeout (>1.0s)" in message
    assert "1 failed, 1 passed" in outcome.text


def test_every_block_has_a_time_limit(site):
    site.page(page_of("x = 1", ">>> x\n1"))
    (site.root / "conftest.py").write_text(
        "def pytest_collection_finish(session):\n"
        "    for item in session.items:\n"
        "        print('limit', item.nodeid, *(mark.args for mark in item.iter_markers('timeout')))\n"
    )
    text = site.pytest("docs", "-s").text
    assert f"limit docs/page.md::line:1 ({plugin.INLINE_SECONDS},)" in text
    assert f"limit docs/page.md::line:5 ({plugin.INLINE_SECONDS},)" in text


# -- doctests


def test_a_doctest_that_prints_something_else_shows_both_and_the_line(site):
    site.page("# Title\n\n" + page_of(">>> x = 2\n>>> x\n3\n>>> x\n2"))
    assert site.pytest().failures == ["docs/page.md:5: >>> x\nExpected:\n    3\nGot:\n    2"]


@pytest.mark.parametrize(
    "block",
    ['>>> print("a")\na\n\nb, which nothing printed', "Python 9.99\n>>> 1 + 1\n2", ">>> x = 1\n\nand\n\n>>> x\n1"],
)
def test_text_of_a_doctest_that_nothing_compares_is_refused(site, block):
    site.page(f"```pycon\n{block}\n```\n")
    (told,) = site.refused()
    assert told.startswith("1: nothing compares this with what is printed: ")


def test_a_doctest_of_several_lines_fails_with_a_diff(site):
    site.page(page_of(">>> for x in 'abc': print(x)\na\nB\nc"))
    (message,) = site.pytest().failures
    assert message.startswith("docs/page.md:2: >>> for x in 'abc': print(x)\n")
    assert [line.strip() for line in message.splitlines()][-4:] == ["a", "-B", "+b", "c"]


@pytest.mark.parametrize(
    "block",
    [
        f">>> 1 / 0\n{TRACEBACK}\nZeroDivisionError: division by zero",
        ">>> {}['x']\nTraceback (most recent call last):\nKeyError: 'x'",
        f">>> x = (\n{TRACEBACK}\nSyntaxError: '(' was never closed",
        ">>> print('a' * 80, 'b')\na...b",
        ">>> print(1); print(); print(2)\n1\n<BLANKLINE>\n2",
        ">>> def f():\n...     return 1\n>>> f()\n1",
    ],
)
def test_a_doctest_that_shows_what_happens_passes(site, block):
    site.page(page_of(block))
    assert site.refused() == []
    assert site.pytest().failures == []


@pytest.mark.parametrize(
    "block, told",
    [
        (f">>> 1 / 0\n{TRACEBACK}\nZeroDivisionError: by zero", "ZeroDivisionError: division by zero"),
        (f">>> 1 / 0\n{TRACEBACK}\nValueError: division by zero", "ZeroDivisionError"),
        (f">>> 1\n{TRACEBACK}\nValueError: x", "Got:\n    1"),
        (">>> print('x ')\nx", "Expected:\n    x\nGot:\n    x·"),
        (">>> print('a  b')\na b", "Got:\n    a  b"),
        (">>> 1", "Got:\n    1"),
        (">>> True\n1", "Got:\n    True"),
        (">>> print('x')\nx\ny", "Got:\n    x"),
        (">>> x = (", "SyntaxError"),
    ],
)
def test_a_doctest_is_compared_to_the_letter(site, block, told):
    site.page(page_of(block))
    (message,) = site.pytest().failures
    assert message.startswith("docs/page.md:2: >>> ") and told in message


def test_an_unexpected_exception_in_a_doctest_is_told_with_the_pages_lines_and_no_others(site):
    site.page("# Title\n\n" + page_of(">>> def half(x):\n...     return x / 0\n>>> half(\n...     1)"))
    (message,) = site.pytest().failures
    lines = [line for line in message.splitlines() if "^" not in line]
    assert lines[0] == "docs/page.md:6: >>> half("
    assert [line.strip() for line in lines if "File" in line] == [
        'File "docs/page.md", line 6, in <module>',
        'File "docs/page.md", line 5, in half',
    ]
    assert lines[-1].strip() == "ZeroDivisionError: division by zero"


def test_a_doctest_that_exits_fails_and_pytest_goes_on(site):
    site.page(page_of(">>> raise SystemExit(0)", "x = 1"))
    outcome = site.pytest()
    assert "1 failed, 1 passed" in outcome.text and "SystemExit: 0" in outcome.failures[0]


@pytest.mark.parametrize("option", ["+SKIP", "+ELLIPSIS", "+NORMALIZE_WHITESPACE", "+IGNORE_EXCEPTION_DETAIL"])
def test_a_doctest_directive_is_refused_with_its_line(site, option):
    site.page(page_of(f">>> x = 1\n>>> x  # doctest: {option}\n2"))
    assert site.refused() == ["3: doctest directives are not honoured: `...` elides, nothing else"]


@pytest.mark.parametrize(
    "block",
    [
        ">>>x",
        ">>> def f():\n...    return 1\n...return 2",
        ">>> def f():\n ...     return 1",
    ],
)
def test_a_doctest_that_cannot_be_read_is_refused(site, block):
    site.page(page_of(block))
    assert site.refused()[0].startswith("1: cannot read this doctest: ")


def test_a_pycon_fence_without_a_prompt_is_refused(site):
    site.page("```pycon\n1 + 1\n2\n```\n")
    assert site.refused() == ["1: no `>>>` line: nothing here runs"]


# -- blocks that prove nothing


@pytest.mark.parametrize(
    "block",
    [
        'if __name__ == "__main__":\n    1 / 0',
        "if '__main__' == __name__:\n    1 / 0",
        "import os\n\nif __name__ == '__main__' and os.name:\n    1 / 0",
        "def main():\n    if __name__ != '__main__':\n        return\n    1 / 0\n\nmain()",
        "print(__name__)",
        ">>> if __name__ == '__main__':\n...     1 / 0",
        ">>> x = 1\n>>> __name__\n'__main__'",
    ],
)
def test_a_guarded_block_is_refused_for_it_would_pass_without_running(site, block):
    site.page("# Title\n\n" + page_of(block))
    (message,) = site.refused()
    assert message.startswith(f"3: {MAIN_TOLD}")
    assert message.endswith("Make it a program: a file in snippets/ and its transcript")


def test_the_name_of_something_else_is_no_guard(site):
    site.page(page_of("def f(): pass\nassert f.__name__ == 'f'\nx = '__name__'"))
    assert site.pytest().status == 0


@pytest.mark.parametrize("block", ["", "\n", "\n\n", "# a comment", "    # a comment\n"])
def test_a_block_without_a_statement_is_refused(site, block):
    site.page(f"# Title\n\n```python\n{block}\n```\n" if block else "# Title\n\n```python\n```\n")
    assert site.refused() == ["3: nothing here runs: this fence holds no statement"]


@pytest.mark.parametrize(
    "block, told",
    [
        ("x = 1\nx ==", "5: SyntaxError: invalid syntax"),
        ("  x = 1", "4: SyntaxError: unexpected indent"),
        ("x = 1\nreturn x", "5: SyntaxError: 'return' outside function"),
        ("x = 1\n\nbreak", "6: SyntaxError: 'break' outside loop"),
        ("await x", "4: SyntaxError: 'await' outside function"),
        ("$ python program.py\nhello", "4: SyntaxError: invalid syntax"),
        ("Some text.\n>>> 1\n1", "4: SyntaxError: invalid syntax"),
    ],
)
def test_a_block_that_is_no_python_is_refused_with_the_line(site, block, told):
    site.page("# Title\n\n" + page_of(block))
    assert site.refused() == [told]


# -- workers


@pytest.mark.parametrize(
    "call",
    [
        "multiprocessing.Process(target=work)",
        "multiprocessing.Process(target=work, args=(1,)).start()",
        "multiprocessing.Process(None, work)",
        "Process(target=work)",
        "P(target=work)",
        "multiprocessing.get_context('spawn').Process(target=work)",
        "multiprocessing.Process(target=print, args=(work,))",
        "multiprocessing.Process(target=print, kwargs={'sep': work})",
        "multiprocessing.Process(target=functools.partial(work, 1))",
        "multiprocessing.Process(target=partial(print, [work]))",
        "multiprocessing.Pool(2, work)",
        "multiprocessing.Pool(initializer=work)",
        "ProcessPoolExecutor(initializer=work)",
        "multiprocessing.Pool().map(work, [1])",
        "with multiprocessing.Pool() as pool:\n    pool.map(work, [1])",
        "with multiprocessing.Pool() as pool:\n    list(pool.imap_unordered(func=work, iterable=[1]))",
        "with multiprocessing.Pool() as pool:\n    pool.apply_async(print, (work,)).get()",
        "with multiprocessing.Pool() as pool, open('x') as file:\n    pool.starmap(work, [])",
        "pool = multiprocessing.Pool()\nother = 1\npool.map_async(work, [1])",
        "self.pool = multiprocessing.Pool()\nself.pool.apply(work)",
        "with ProcessPoolExecutor() as executor:\n    executor.submit(work, 1)",
        "with concurrent.futures.ProcessPoolExecutor() as executor:\n    list(executor.map(work, [1]))",
        "async def f():\n    with ProcessPoolExecutor() as pool:\n        await loop.run_in_executor(pool, work)",
        "pool_of_the_page.map(work, [1])",
        ">>> multiprocessing.Process(target=work)",
        ">>> with multiprocessing.Pool() as pool:\n...     pool.map(work, [1])",
    ],
)
def test_a_function_of_the_page_that_is_sent_to_a_process_is_refused(site, call):
    set_up = (
        "import concurrent.futures, functools, multiprocessing\nfrom functools import partial\n"
        "from concurrent.futures import ProcessPoolExecutor\nfrom multiprocessing import Process, Process as P\n"
        "pool_of_the_page = multiprocessing.Pool(1)\n"
    )
    site.page(page_of(set_up, WORKER, call))
    assert site.refused() == [f"14: {worker_told('work')}"]


@pytest.mark.parametrize(
    "definition",
    [
        "def work(): pass",
        "async def work(): pass",
        "class work: pass",
        "work = lambda x: x",
        ">>> def work(): pass",
    ],
)
def test_whatever_a_page_defines_is_no_worker(site, definition):
    site.page(page_of(definition, "import multiprocessing\nmultiprocessing.Process(target=work)"))
    assert site.refused() == [f"5: {worker_told('work')}"]


def test_a_lambda_is_no_worker(site):
    site.page(page_of("import multiprocessing\nmultiprocessing.Process(target=lambda: 1)"))
    assert site.refused() == [f"1: {worker_told('lambda')}"]


@pytest.mark.parametrize("base", ["multiprocessing.Process", "Process", "multiprocessing.get_context('spawn').Process"])
def test_a_process_class_of_the_page_is_refused(site, base):
    site.page(page_of(f"import multiprocessing\nfrom multiprocessing import Process\nclass Work({base}):\n    pass"))
    assert site.refused() == [f"1: {worker_told('Work')}"]


@pytest.mark.parametrize(
    "call",
    [
        "list(map(work, [1]))",
        "threading.Thread(target=work)",
        "with ThreadPoolExecutor() as pool:\n    pool.map(work, [1])",
        "with multiprocessing.pool.ThreadPool() as pool:\n    pool.map(work, [1])",
        "multiprocessing.Process(target=print, args=(work(1),))",
        "multiprocessing.Process(target=abs)",
        "with multiprocessing.Pool() as pool:\n    pool.map_async(abs, [1], callback=work)",
        "series.map(work)",
        "x = 'multiprocessing.Process(target=work)'",
    ],
)
def test_a_function_of_the_page_that_stays_in_its_process_is_allowed(site, call):
    site.page(page_of(WORKER, call))
    assert [type(example) for example in site.examples()] == [Inline, Inline]


def test_a_function_from_a_file_is_a_worker(site):
    site.write("snippets/work_of_the_page.py", "def work(x):\n    return 2 * x\n")
    block = (
        "from multiprocessing import Pool\nfrom work_of_the_page import work\n\n"
        "with Pool(1) as pool:\n    print(pool.map(work, [1]))"
    )
    site.page(shown("work_of_the_page.py") + page_of(block))
    assert not [example for example in site.examples() if isinstance(example, Refused)]


def test_the_worker_that_is_refused_does_fail_when_it_is_run(tmp_path):
    """What the refusal says is so, and not a habit: a spawned process cannot find a function of no file."""
    code = (
        "import multiprocessing\ndef work(): pass\n"
        "process = multiprocessing.get_context('spawn').Process(target=work)\n"
        "process.start()\nprocess.join()\nprint(process.exitcode)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.stdout == "1\n" and "work" in done.stderr


def test_names_are_found_in_blocks_of_both_kinds(site):
    site.page(page_of("def f(): pass\ng = lambda: 1", ">>> class H: pass\n>>> x = 1"))
    code = PageCode(site.read().inlines)
    assert code.functions == {"f", "g", "H"}
    assert [type(node).__name__ for node in parse(">>> 1\n1\n>>> (\n", 1, True).body] == ["Expr"]
