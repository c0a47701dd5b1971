import pytest
from multiprocessing_workers import kernel

from .conftest import Bytes


@pytest.mark.parametrize(
    "answer, type_, text",
    [
        ("EPIPE", BrokenPipeError, "[Errno 32] Broken pipe"),
        ("EAGAIN", BlockingIOError, "[Errno 11] Resource temporarily unavailable"),
        ("ECONNREFUSED", ConnectionRefusedError, "[Errno 111] Connection refused"),
        ("ENOENT", FileNotFoundError, "[Errno 2] No such file or directory"),
        ("ESRCH", ProcessLookupError, "[Errno 3] No such process"),
        ("EBADF", OSError, "[Errno 9] Bad file descriptor"),
        ("EOF", EOFError, ""),
        ("EOVERFLOW", ValueError, "semaphore or lock released too many times"),
        ("receive: TypeError: what only the kernel knows", OSError, "receive: TypeError: what only the kernel knows"),
    ],
)
def test_an_answer_that_is_a_string_is_raised(host, answer, type_, text):
    host.answer("ask", answer)
    with pytest.raises(type_) as raised:
        kernel.call("ask")
    assert type(raised.value) is type_ and str(raised.value) == text


def test_each_error_is_a_new_one(host):
    host.answer("ask", "EPIPE", "EPIPE")
    raised = []
    for _ in range(2):
        with pytest.raises(BrokenPipeError) as error:
            kernel.call("ask")
        raised.append(error.value)
    assert raised[0] is not raised[1] and kernel.ERRORS["EPIPE"].__traceback__ is None


def test_what_a_signal_interrupted_is_asked_again(host):
    host.answer("ask", "EINTR", "EINTR", 5)
    assert kernel.call("ask", 1, None) == 5
    assert host.called == [("ask", 1, None)] * 3


@pytest.mark.parametrize("operation, arguments", [("acquire", (1,)), ("status", (105,)), ("wait", ([1, 2],))])
def test_a_time_does_not_begin_again_after_a_signal(host, monkeypatch, operation, arguments):
    now = iter([100, 100.25, 100.75])
    monkeypatch.setattr(kernel.time, "monotonic", lambda: next(now))
    host.answer(operation, "EINTR", "EINTR", None)
    kernel.call(operation, *arguments, 0.5)
    assert [seconds for *_, seconds in host.called] == [0.5, 0.25, 0]


def test_bytes_and_numbers(host):
    host.answer("read", Bytes(b"\x00\xff"))
    assert kernel.fetch("read") == b"\x00\xff"
    host.answer("value", 0)
    assert kernel.call("value") == 0


def test_only_the_main_thread_tells_what_it_waits_for(host, monkeypatch):
    kernel.call("acquire", 1, what="Lock.acquire")
    monkeypatch.setattr(kernel.threads, "current", kernel.threads.MAIN + 1)
    kernel.call("acquire", 1, what="Lock.acquire")
    first, second = host.whys
    assert first.startswith("Lock.acquire\t") and second == ""
