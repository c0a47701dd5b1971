import signal
import sys
import traceback
import types
from pathlib import Path

import pytest
from multiprocessing_workers import event_loop, processes, threads, tracebacks, waits


@pytest.fixture
def clock(host, monkeypatch):
    """A clock that only waiting moves, by as many seconds as `clock.waits` says next, or as were asked for."""

    class Clock:
        def __init__(self):
            self.now = 100.0
            self.waits: list[float] = []
            self.asked: list[float] = []

        def monotonic(self):
            return self.now

        def park(self, ticket, seconds, what):
            self.asked.append(seconds)
            self.now += self.waits.pop(0) if self.waits else seconds

    clock = Clock()
    monkeypatch.setattr(processes.time, "monotonic", clock.monotonic)
    monkeypatch.setattr(threads, "park", clock.park)
    return clock


def test_a_signal_does_not_shorten_a_sleep(clock):
    clock.waits = [0.25, 0.5]
    processes.sleep(1)
    assert clock.asked == pytest.approx([1, 0.75, 0.25]) and clock.now == pytest.approx(101)


@pytest.mark.parametrize(
    "secs, error, said",
    [(-1, ValueError, "sleep length must be non-negative"), ("1", TypeError, "'str' object cannot")],
)
def test_no_time_to_sleep(clock, secs, error, said):
    with pytest.raises(error, match=said):
        processes.sleep(secs)
    assert not clock.asked


def test_a_handler_runs_where_the_main_thread_waits(host):
    seen = []
    assert (
        processes.set_handler(signal.SIGTERM, lambda number, frame: seen.append((number, frame.f_code.co_name)))
        == signal.SIG_DFL
    )
    assert host.told == [("action", signal.SIGTERM, "handle")]
    host.signals.extend([int(signal.SIGTERM)] * 2)
    threads.block(lambda: lambda: None)
    assert seen == [(signal.SIGTERM, "test_a_handler_runs_where_the_main_thread_waits")] * 2


def test_a_handler_that_raises_ends_the_wait(host):
    processes.set_handler(signal.SIGINT, signal.default_int_handler)
    host.signals.append(int(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        threads.block(lambda: lambda: "the answer")


def test_signals_are_the_main_threads(host, monkeypatch):
    processes.set_handler(signal.SIGTERM, lambda *_: pytest.fail("in another thread"))
    host.signals.append(int(signal.SIGTERM))
    monkeypatch.setattr(threads, "current", threads.MAIN + 1)
    assert threads.block(lambda: lambda: 5) == 5 and host.signals


def test_what_signal_gives_and_tells(host):
    def handler(number, frame):
        pass

    given = [processes.set_handler(signal.SIGTERM, one) for one in (handler, signal.SIG_IGN, signal.SIG_DFL)]
    assert given == [signal.SIG_DFL, handler, signal.SIG_IGN]
    assert [action for *_, action in host.told] == ["handle", "ignore", "default"]


@pytest.mark.parametrize(
    "number, handler, error",
    [(9, signal.SIG_IGN, OSError), (19, signal.SIG_DFL, OSError), (15, "no handler", TypeError)],
)
def test_what_signal_refuses(host, number, handler, error):
    with pytest.raises(error):
        processes.set_handler(number, handler)
    assert not host.told


def test_what_getsignal_gives(host):
    def handler(number, frame):
        pass

    assert processes.get_handler(signal.SIGTERM) == signal.SIG_DFL
    processes.set_handler(signal.SIGTERM, handler)
    assert processes.get_handler(signal.SIGTERM) is handler


def test_asyncio_is_told_of_a_signal(host, monkeypatch):
    monkeypatch.setattr(processes, "wakeup", -1)
    assert processes.set_wakeup_handle(7) == -1
    processes.set_handler(signal.SIGTERM, lambda *_: None)
    host.signals.append(int(signal.SIGTERM))
    threads.block(lambda: lambda: None)
    assert host.told[-1] == ("send", 7, bytes([15]))
    host.answer("pipe", [8, 9])
    reader, writer = event_loop.socketpair()
    assert processes.set_wakeup_handle(writer.fileno()) == 7
    host.signals.append(int(signal.SIGTERM))
    threads.block(lambda: lambda: None)
    assert bytes(reader.inbox) == bytes([15])
    assert processes.set_wakeup_handle(-1) == 9


def test_handlers_are_set_in_the_main_thread(host, monkeypatch):
    monkeypatch.setattr(threads, "current", threads.MAIN + 1)
    with pytest.raises(ValueError, match="signal only works in main thread of the main interpreter"):
        processes.set_handler(signal.SIGTERM, signal.SIG_IGN)
    with pytest.raises(ValueError, match="set_wakeup_fd only works in main thread of the main interpreter"):
        processes.set_wakeup_handle(7)
    assert not host.told


@pytest.mark.parametrize("ask", [processes.get_handler, lambda number: processes.set_handler(number, signal.SIG_IGN)])
@pytest.mark.parametrize("number", [0, -1, 999])
def test_a_number_that_is_no_signal(host, ask, number):
    with pytest.raises(ValueError, match="signal number out of range"):
        ask(number)


@pytest.mark.parametrize("status, left", [(0, 0), (3, 3), (-1, 255), (256, 0), (300, 44)])
def test_the_system_keeps_eight_bits_of_an_exit_status(host, status, left):
    processes.leave(status)
    assert host.left == [left]


def test_who_aborts_is_ended_by_that_signal(host):
    processes.abort()
    assert host.left == [-6]


def test_a_signal_for_oneself(host):
    processes.raise_signal(signal.SIGTERM)
    assert host.called == [("kill", processes.own_pid, 15)]


def test_a_process_that_is_gone(host):
    host.answer("kill", "ESRCH")
    with pytest.raises(ProcessLookupError, match="No such process"):
        processes.kill(105, signal.SIGTERM)
    assert host.called == [("kill", 105, 15)]


# -- what it waits for, and where --------------------------------------------------------------------------------------

LIBRARY = "/lib/python314.zip/multiprocessing/"


def of_library(source: str, file: str, **names: object) -> dict:
    """What this source defines, as if it were a file of the page's library."""
    exec(compile(source, LIBRARY + file, "exec"), names)
    return names


@pytest.fixture
def reason(monkeypatch):
    monkeypatch.setattr(waits, "HERE", str(Path(waits.__file__).parent))
    return waits.reason


def line_of_here() -> int:
    return sys._getframe(1).f_lineno


def test_it_is_named_as_the_program_called_it(reason):
    pool = of_library(
        "class MapResult:\n    def get(self): return self.wait()\n    def wait(self): return reason('Lock.acquire')\n",
        "pool.py",
        reason=reason,
    )
    assert pool["MapResult"]().get() == f"AsyncResult.get\t{line_of_here()}"


def test_a_process_is_named(reason):
    process = of_library(
        "class BaseProcess:\n    _name = 'Process-1'\n"
        "    def join(self): return self.poll()\n    def poll(self): return reason('Process.join')\n",
        "process.py",
        reason=reason,
    )
    assert process["BaseProcess"]().join() == f"Process.join Process-1\t{line_of_here()}"


def test_a_with_statement_is_named_after_its_object(reason):
    lock = of_library(
        "class SemLock:\n    def __enter__(self): self.why = reason('Lock.acquire')\n"
        "    def __exit__(self, *error): pass\n",
        "synchronize.py",
        reason=reason,
    )["SemLock"]()
    with lock:
        line = line_of_here() - 1
    assert lock.why == f"Lock\t{line}"


def test_a_call_of_the_layer_itself(reason):
    assert reason("time.sleep") == f"time.sleep\t{line_of_here()}"


def test_what_the_library_does_by_itself(reason, monkeypatch):
    """A worker of a pool, which no line of the program has called."""
    source = (
        "def serve_forever(): return worker()\n"
        "def worker(): return get()\n"
        "def get(): return reason('Connection.recv')\n"
    )
    made = of_library(source, "pool.py", reason=reason)
    frames = []

    def frame(depth):
        """This test's own frames are not there in a worker."""
        frames[:] = [
            one for one in traceback.walk_stack(sys._getframe(2)) if one[0].f_code.co_filename.startswith(LIBRARY)
        ]
        return Chain(0)

    class Chain:
        def __init__(self, index):
            self.frame, self.index = frames[index][0], index

        f_code = property(lambda self: self.frame.f_code)
        f_lineno = property(lambda self: self.frame.f_lineno)
        f_locals = property(lambda self: self.frame.f_locals)
        f_back = property(lambda self: Chain(self.index + 1) if self.index + 1 < len(frames) else None)

    monkeypatch.setattr(waits, "sys", type("sys", (), {"_getframe": frame}))
    assert made["worker"]() == "the next task\t0"
    assert made["serve_forever"]() == "the next task\t0"  # what is nearest says most
    assert made["get"]() == "Connection.recv\t0"


def test_the_event_loop_is_named(reason):
    source = "def run(main): return select()\ndef select(): return reason('Selector.select')\n"
    made = {}
    exec(compile(source, "/lib/python314.zip/asyncio/runners.py", "exec"), made | {"reason": reason}, made)
    run = types.FunctionType(made["run"].__code__, made | {"reason": reason})
    assert run(None) == f"asyncio.run\t{line_of_here()}"


def test_a_traceback_has_no_frames_of_the_layer(monkeypatch):
    name = "_extract_from_extended_frame_gen"
    monkeypatch.setattr(traceback.StackSummary, name, traceback.StackSummary.__dict__[name])  # so that it is put back
    monkeypatch.setattr(tracebacks, "HIDDEN", (str(Path(waits.__file__).parent), "/lib/between.py"))
    tracebacks.install()

    def frames_of(action):
        try:
            action()
        except Exception as error:
            return [frame.name for frame in traceback.extract_tb(error.__traceback__)]

    hidden = {}
    exec(compile("def between(action): action()", "/lib/between.py", "exec"), hidden)
    assert frames_of(lambda: hidden["between"](lambda: 1 / 0)) == ["frames_of", "<lambda>", "<lambda>"]
    assert frames_of(lambda: processes.sleep(-1)) == ["frames_of", "<lambda>"]
