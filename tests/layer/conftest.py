"""The Python layer below multiprocessing in the page, by itself: without a browser, under the Python that runs pytest.

What it is made for, CPython's own files above it, is proved by tests/site/test_live_conformance.py.
"""

from collections import deque
from collections.abc import Callable

import pytest
from multiprocessing_workers import connections, kernel, processes, threads


class Bytes(bytes):
    """An answer of bytes, as JavaScript gives it."""

    to_bytes = bytes.__bytes__


class Host:
    """Plays the worker's JavaScript half, and the kernel behind it. A promise is a function that gives its value."""

    def __init__(self) -> None:
        self.answers: dict[str, deque] = {}
        self.called: list[tuple] = []  # operation and arguments of what was waited for
        self.told: list[tuple] = []  # and of what was not
        self.whys: list[str] = []
        self.broken = False  # nobody reads what is sent
        self.parked: dict[int, float] = {}  # ticket → milliseconds
        self.started: deque[Callable] = deque()  # threads that have not begun
        self.elsewhere: deque[Callable] = deque()  # what others do while a thread waits, one thing a wait
        self.signals: deque[int] = deque()
        self.left: list[int] = []  # exit codes

    def answer(self, operation: str, *answers: object) -> None:
        self.answers[operation] = deque(answers)

    # -- what the layer calls --

    def call(self, operation, why, data, *arguments):
        self.called.append((operation, *arguments))
        self.whys.append(why)
        answers = self.answers.get(operation)
        return lambda: answers.popleft() if answers else None

    def tell(self, operation, *arguments):
        self.told.append((operation, *arguments))

    def send(self, handle, message):
        self.told.append(("send", handle, message))
        return not self.broken

    def park(self, ticket, milliseconds, why):
        self.parked[ticket] = milliseconds
        return lambda: self.others_run(ticket)

    def unpark(self, ticket):
        self.parked.pop(ticket, None)

    def start(self, run):
        self.started.append(run)

    def leave(self, status):
        self.left.append(status)

    def never(self):
        return lambda: None  # in a worker nothing comes after it

    def signal(self):
        return self.signals.popleft() if self.signals else 0

    # --

    def others_run(self, ticket: int) -> None:
        """Until the ticket is unparked, or nobody could do that: then its time is over."""
        while ticket in self.parked and (self.elsewhere or self.started):
            (self.elsewhere or self.started).popleft()()
        timed = self.parked.pop(ticket, None)
        assert timed is None or timed >= 0, "it would wait for ever"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    """The layer, with nothing in it of an earlier test."""
    host = Host()
    monkeypatch.setattr(kernel, "host", host)
    monkeypatch.setattr(kernel, "to_js", lambda value: value)
    monkeypatch.setattr(threads, "run_sync", lambda promise: promise())
    monkeypatch.setattr(threads, "set_threshold", lambda *thresholds: None)
    monkeypatch.setattr(threads, "interrupted", processes.run_handlers)
    monkeypatch.setattr(connections, "room", {})
    monkeypatch.setattr(processes, "handlers", {})
    return host
