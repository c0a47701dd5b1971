from multiprocessing.connection import Connection
from types import SimpleNamespace

import pytest
from multiprocessing_workers import connections

from .conftest import Bytes


def end(handle: int) -> SimpleNamespace:
    """As much of a Connection as the layer looks at."""
    return SimpleNamespace(_handle=handle, fileno=lambda: handle)


def test_what_fits_in_is_sent_without_waiting(host):
    host.answer("send", 100, 40)
    for size in (10, 40, 42, 6, 1):  # after the first the kernel says 100, which 44, 46 and 10 with their headers fill
        connections.send_bytes(end(3), bytes(size))
    assert host.called == [("send", 3, bytes(10)), ("send", 3, bytes(1))]
    assert host.told == [("send", 3, bytes(40)), ("send", 3, bytes(42)), ("send", 3, bytes(6))]


def test_a_message_larger_than_the_pipe_waits_until_it_is_read(host):
    host.answer("send", -500)
    connections.send_bytes(end(3), memoryview(bytes(1000)))
    assert host.called == [("send", 3, bytes(1000)), ("drain", 3)]


def test_each_pipe_has_its_own_room(host):
    host.answer("send", 1000, 1000)
    connections.send_bytes(end(3), b"first")
    connections.send_bytes(end(4), b"first")
    assert len(host.called) == 2


def test_nobody_reads(host):
    host.answer("send", 1000)
    connections.send_bytes(end(3), b"read")
    host.broken = True
    with pytest.raises(BrokenPipeError) as raised:
        connections.send_bytes(end(3), b"not read")
    assert str(raised.value) == "[Errno 32] Broken pipe"
    host.answer("send", "EPIPE")
    with pytest.raises(BrokenPipeError):
        connections.send_bytes(end(4), b"not read")


def test_after_a_close_the_kernel_is_asked_again(host):
    """What was closed may have been the last end that this process itself had for reading."""
    host.answer("send", 1000, "EPIPE")
    connections.send_bytes(end(3), b"read")
    connections.close(end(4))
    with pytest.raises(BrokenPipeError):
        connections.send_bytes(end(3), b"not read")
    assert host.told == [("close", 4)]


def test_what_is_received(host):
    host.answer("receive", Bytes(b"message"), Bytes(b"just it"), Bytes(b"too long"), "EOF")
    assert connections.recv_bytes(end(3)).getvalue() == b"message"
    assert connections.recv_bytes(end(3), 7).getvalue() == b"just it"
    assert connections.recv_bytes(end(3), 7) is None
    with pytest.raises(EOFError):
        connections.recv_bytes(end(3))


def test_those_that_are_ready_in_the_order_that_was_asked_for(host):
    host.answer("wait", [5, 3])
    first, second, sentinel = end(3), end(4), 5
    assert connections.wait([sentinel, second, first], 1.5) == [sentinel, first]
    assert host.called == [("wait", [5, 4, 3], 1.5)]


@pytest.mark.parametrize("timeout, seconds", [(None, None), (0, 0), (-1, 0), (2, 2)])
def test_how_long_poll_waits(host, timeout, seconds):
    host.answer("wait", [])
    assert connections.poll(end(3), timeout) is False
    assert host.called == [("wait", [3], seconds)]


@pytest.mark.parametrize(
    "duplex, size, modes",
    [(True, 212_992, [(True, True), (True, True)]), (False, 65_536, [(True, False), (False, True)])],
)
def test_a_pipe(host, monkeypatch, duplex, size, modes):
    monkeypatch.setattr(Connection, "_close", lambda self, *_: None)  # the handles are no file descriptors
    host.answer("pipe", [3, 4])
    pair = connections.pipe(duplex)
    assert host.called == [("pipe", size)]
    assert [(one.readable, one.writable) for one in pair] == modes and [one.fileno() for one in pair] == [3, 4]


def test_a_listener(host):
    host.answer("listen", [9, ["localhost", 40_100]])
    listener = connections.Listener(("localhost", 0), "AF_INET")
    assert listener._address == ("localhost", 40_100)
    listener.close(), listener.close()
    assert host.told == [("close", 9)]


def test_an_address_without_a_listener(host):
    host.answer("connect", "ECONNREFUSED")
    with pytest.raises(ConnectionRefusedError, match="Connection refused"):
        connections.client("/tmp/nobody")


def test_a_connection_on_its_way_keeps_the_pipe_open(host):
    sent = connections.Duplicate(3)
    assert sent.detach() == 3
    assert host.told == [("duplicate", 3), ("adopt", 3)]


def test_a_connection_that_a_child_is_given_at_its_start(host, monkeypatch):
    given = []
    from multiprocessing import context

    monkeypatch.setattr(context, "get_spawning_popen", lambda: SimpleNamespace(duplicate_for_child=given.append))
    sent = connections.Duplicate(3)
    assert sent.detach() == 3 and given == [3] and not host.told  # the kernel gives it with the child's start
