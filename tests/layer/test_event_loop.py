"""asyncio's own loop on the layer's selector: what wakes it, and how long it waits."""

import asyncio
import selectors
from asyncio import selector_events
from types import SimpleNamespace

import pytest
from multiprocessing_workers import connections, event_loop
from multiprocessing_workers.event_loop import Selector, Socket


class Pipes:
    """The kernel's pipes, and what others do while the loop waits, one thing a wait."""

    def __init__(self) -> None:
        self.inbox: dict[int, list[bytes]] = {}
        self.waits: list[float | None] = []
        self.meanwhile: list = []
        self.closed: list[int] = []

    def call(self, operation, *arguments, what=""):
        if operation == "pipe":
            first = 3 + len(self.inbox)
            self.inbox |= {first: [], first + 1: []}
            return [first, first + 1]
        assert operation == "wait"
        handles, seconds = arguments
        if not set(handles) <= set(self.inbox):
            raise OSError(9, "Bad file descriptor")
        self.waits.append(seconds)
        if seconds != 0 and self.meanwhile:
            self.meanwhile.pop(0)()
        ready = [handle for handle in handles if self.inbox.get(handle)]
        assert ready or seconds is not None, "it would wait for ever"
        return ready

    def tell(self, operation, handle, *data):
        if operation == "close":
            self.closed.append(handle)
        else:
            peer = handle + 1 if handle % 2 else handle - 1
            self.inbox[peer] += data

    def fetch(self, operation, handle):
        return self.inbox[handle].pop(0)


@pytest.fixture
def pipes(monkeypatch):
    pipes = Pipes()
    for name in ("call", "tell", "fetch"):
        monkeypatch.setattr(event_loop, name, getattr(pipes, name))
    return pipes


@pytest.fixture
def loop(pipes, monkeypatch):
    monkeypatch.setattr(selector_events, "socket", SimpleNamespace(socketpair=event_loop.socketpair))
    others = asyncio._get_running_loop()  # Playwright's, if browser tests ran in this process before
    asyncio._set_running_loop(None)
    loop = asyncio.SelectorEventLoop(Selector())
    yield loop
    if not loop.is_closed():
        loop.close()
    asyncio._set_running_loop(others)


def test_it_waits_as_long_as_the_next_timer(loop, pipes):
    loop.run_until_complete(asyncio.sleep(0.01))
    assert 0 < max(pipes.waits) <= 0.01


def test_another_thread_wakes_it(loop, pipes):
    future = loop.create_future()
    pipes.meanwhile.append(lambda: loop.call_soon_threadsafe(future.set_result, "woken"))
    assert loop.run_until_complete(future) == "woken"
    assert None in pipes.waits and not any(pipes.inbox.values())


def test_a_connection_that_can_be_read(loop, pipes):
    future = loop.create_future()
    ours, theirs = pipes.call("pipe", 0)
    loop.add_reader(ours, lambda: future.set_result(pipes.fetch("receive", ours)))
    pipes.meanwhile.append(lambda: pipes.tell("send", theirs, b"a message"))
    assert loop.run_until_complete(future) == b"a message"
    assert loop.remove_reader(ours) and not loop.remove_reader(ours)


def test_both_ends_are_closed_with_it(loop, pipes):
    loop.close()
    assert sorted(pipes.closed) == [3, 4]


def test_nothing_to_receive(pipes):
    ours, theirs = event_loop.socketpair()
    with pytest.raises(BlockingIOError):
        ours.recv(4096)
    assert theirs.send(b"\0") == 1 and ours.recv(4096) == b"\0"
    assert isinstance(ours, Socket) and not any(pipes.inbox.values())
    with pytest.raises(BlockingIOError):
        ours.recv(4096)


def test_only_the_first_of_unread_bytes_goes_through_the_kernel(pipes):
    ours, theirs = event_loop.socketpair()
    for _ in range(2):
        for byte in b"\0\x0f\0":
            theirs.send(bytes([byte]))
        assert [len(inbox) for inbox in pipes.inbox.values()] == [1, 0]
        assert ours.recv(4096) == b"\0\x0f\0" and not any(pipes.inbox.values())


def test_what_was_closed_is_not_waited_for(pipes):
    ours, _ = pipes.call("pipe", 0)
    selector = Selector()
    selector.register(ours, selectors.EVENT_READ)
    pipes.inbox[ours].append(b"a message")
    connections.forget(ours)
    assert selector.select(0) == [] and selector.unregister(ours)


def test_what_is_unregistered_while_it_waits_is_not_told(pipes):
    ours, _ = pipes.call("pipe", 0)
    selector = Selector()
    selector.register(ours, selectors.EVENT_READ)
    pipes.inbox[ours].append(b"a message")
    pipes.meanwhile.append(lambda: selector.unregister(ours))
    assert selector.select(1) == []


@pytest.mark.parametrize("timeout, seconds", [(None, None), (0, 0), (-1, 0), (0.5, 0.5)])
def test_how_long_the_selector_waits(pipes, timeout, seconds):
    ours, _ = pipes.call("pipe", 0)
    selector = Selector()
    key = selector.register(SimpleNamespace(fileno=lambda: ours), selectors.EVENT_READ, "data")
    pipes.inbox[ours].append(b"a message")
    assert selector.select(timeout) == [(key, selectors.EVENT_READ)] and pipes.waits[1:] == [seconds]


@pytest.mark.parametrize(
    "handle, events, said",
    [(99, selectors.EVENT_READ, "Bad file descriptor"), (3, selectors.EVENT_WRITE, "has no network")],
)
def test_what_it_cannot_wait_for_is_refused_and_not_kept(pipes, handle, events, said):
    pipes.call("pipe", 0)
    selector = Selector()
    with pytest.raises(OSError, match=said):
        selector.register(handle, events)
    assert not selector.get_map()
