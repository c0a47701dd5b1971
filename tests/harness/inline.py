"""Runs inline blocks, and tells what they did that they don't show."""

import doctest
import linecache
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from byexample.pages.examples import Inline
from sybil.evaluators.doctest import KEEP_TRAILING_WHITESPACE, DocTestEvaluator

from .compare import visible

FLAGS = doctest.ELLIPSIS | doctest.REPORT_UDIFF | doctest.DONT_ACCEPT_TRUE_FOR_1 | KEEP_TRAILING_WHITESPACE
# In what doctest reports of an exception: its own frame, and those of examples, which count from their first lines.
HARNESS_FRAME = re.compile(r'^( +)File "[^"]*doctest\.py", line \d+, in __run\n(?:\1 +.*\n)+', re.MULTILINE)
DOCTEST_FRAME = re.compile(r'File "<doctest [^"]*:(?P<first>\d+)\[\d+\]>", line (?P<line>\d+),')


@dataclass(frozen=True)
class Problem:
    """What an inline block did that it does not show, with the page's line."""

    line: int
    message: str


def run(block: Inline, path: Path, namespace: dict[str, Any]) -> Problem | None:
    """Runs the block in the page's namespace; a problem names the page's lines, and none of ours."""
    if block.doctest:
        return run_doctest(block, path, namespace)
    source = "\n" * block.fence.line + block.source
    linecache.checkcache(str(path))
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), namespace)
    except (Exception, SystemExit, pytest.fail.Exception) as error:  # whatever a block raises is the page's failure
        frames = traceback.extract_tb(error.__traceback__)
        mine = [index for index, frame in enumerate(frames) if frame.filename == str(path)]
        if isinstance(error, pytest.fail.Exception):  # by pytest-timeout, whose own frames come last
            what = f"this block was stopped: {error.msg}"
            shown = traceback.format_list(frames[mine[0] : mine[-1] + 1])
        else:
            what = "this block raised"
            shown = [*traceback.format_list(frames[mine[0] :]), *traceback.format_exception_only(error)]
        return Problem(frames[mine[-1]].lineno or block.fence.line, f"{what}\n{''.join(shown).rstrip()}")
    return None


def run_doctest(block: Inline, path: Path, namespace: dict[str, Any]) -> Problem | None:
    # As in programs, `...` elides; all else is compared to the letter.
    evaluate: Any = DocTestEvaluator(FLAGS)  # which looks at no more than _DocTestExample has
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

    def __init__(self, parsed: doctest.Example, path: str, namespace: dict[str, Any]) -> None:
        self.parsed = parsed
        self.path = path
        self.namespace = namespace
