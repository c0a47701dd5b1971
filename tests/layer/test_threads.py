"""Locks and threads that take turns: what they do while another one runs, and that their errors are CPython's."""

import _thread
import asyncio
import sys
import types

import pytest
from multiprocessing_workers import threads
from multiprocessing_workers.threads import Handle, Lock, RLock


def said(action, lock):
    try:
        return action(lock)
    except Exception as error:
        return type(error), str(error)


LOCKS = {
    "acquire": lambda lock: lock.acquire(),
    "acquire one that is held": lambda lock: (lock.acquire(), lock.acquire(False)),
    "without blocking": lambda lock: lock.acquire(blocking=False),
    "with a timeout": lambda lock: lock.acquire(True, 0.5),
    "a timeout without blocking": lambda lock: lock.acquire(False, 1),
    "as a context": lambda lock: (lock.__enter__(), lock.__exit__(None, None, None)),
    "release twice": lambda lock: (lock.acquire(), lock.release(), lock.release()),
}


@pytest.mark.parametrize("mine, native", [(Lock, _thread.allocate_lock), (RLock, _thread.RLock)], ids=["Lock", "RLock"])
@pytest.mark.parametrize("action", LOCKS.values(), ids=LOCKS)
def test_as_cpythons(host, mine, native, action):
    assert said(action, mine()) == said(action, native())


@pytest.mark.parametrize("make", [Lock, RLock])
def test_a_negative_timeout(host, make):
    """In the words of 3.14, the page's Python."""
    with pytest.raises(ValueError, match=r"^timeout value must be a non-negative number$"):
        make().acquire(True, -2)


def test_it_tells_whether_it_is_held(host):
    lock = Lock()
    assert not lock.locked() and repr(lock).startswith("<unlocked _thread.lock object")
    with lock:
        assert lock.locked() and repr(lock).startswith("<locked _thread.lock object")
    assert not lock.locked()


@pytest.mark.parametrize("make, name", [(Lock, "lock"), (RLock, "RLock")])
def test_it_cannot_be_pickled(make, name):
    with pytest.raises(TypeError, match=f"cannot pickle '_thread.{name}' object"):
        make().__reduce_ex__(2)


def test_who_waits_gets_it_when_another_thread_releases_it(host):
    lock = Lock()
    lock.acquire()
    host.elsewhere.append(lock.release)
    assert lock.acquire() and lock.locked() and not host.parked


def test_time_is_over(host):
    lock = Lock()
    lock.acquire()
    assert lock.acquire(timeout=0.001) is False
    assert not lock._waiting and not host.parked


def test_it_is_woken_and_another_thread_was_quicker(host):
    """It waits on for the rest of its time."""
    lock = Lock()
    lock.acquire()

    def release_and_take():
        lock.release()
        lock.acquire()

    host.elsewhere.append(release_and_take)
    host.elsewhere.append(lock.release)
    assert lock.acquire(timeout=60)


def test_who_is_woken_and_raises_passes_the_lock_on(host, monkeypatch):
    """A signal's handler raises in the main thread."""
    lock = Lock()
    lock.acquire()

    def release():
        lock._waiting.append(1001)
        host.parked[1001] = -1
        lock.release()

    def stop():
        raise KeyboardInterrupt

    host.elsewhere.append(release)
    monkeypatch.setattr(threads, "interrupted", stop)
    with pytest.raises(KeyboardInterrupt):
        lock.acquire()
    assert not lock.locked() and not host.parked and not lock._waiting


def test_first_come_first_served(host):
    lock = Lock()
    lock.acquire()
    lock._waiting.extend([1001, 1002])
    host.parked |= {1001: -1, 1002: -1}
    lock.release()
    assert host.parked == {1002: -1}


def test_a_recursive_lock_counts(host, monkeypatch):
    lock = RLock()
    assert [lock.acquire() for _ in range(3)] == [True] * 3 and lock._recursion_count() == 3
    monkeypatch.setattr(threads, "current", threads.MAIN + 1)
    assert lock.acquire(False) is False and not lock._is_owned() and lock._recursion_count() == 0
    with pytest.raises(RuntimeError, match="cannot release un-acquired lock"):
        lock.release()
    monkeypatch.setattr(threads, "current", threads.MAIN)
    for left in (2, 1, 0):
        assert lock.locked()
        lock.release()
        assert lock._recursion_count() == left
    assert not lock.locked()
    with lock:
        assert lock.locked()
    assert not lock.locked()


def test_a_condition_gives_a_recursive_lock_away_and_takes_it_again(host):
    lock = RLock()
    lock.acquire(), lock.acquire()
    state = lock._release_save()
    assert not lock.locked()
    with pytest.raises(RuntimeError, match="cannot release un-acquired lock"):
        lock._release_save()
    lock._acquire_restore(state)
    assert lock._recursion_count() == 2 and lock.locked()


# -- threads -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def start(host, monkeypatch):
    """Pyodide's module is not here; its proxy is called as a function would be."""
    ffi = types.ModuleType("pyodide.ffi")
    ffi.create_proxy = lambda function: function
    monkeypatch.setitem(sys.modules, "pyodide", types.ModuleType("pyodide"))
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    monkeypatch.setattr(threads, "current", threads.MAIN)
    monkeypatch.setattr(threads, "alive", {})
    monkeypatch.setattr(threads, "others", 0)
    return threads.start_joinable_thread


def test_a_thread_runs_while_another_one_waits(host, start):
    seen = []
    handle = start(lambda: seen.append(threads.get_ident()))
    assert not seen and not handle.is_done()
    handle.join()
    assert seen == [handle.ident] and handle.is_done() and threads.get_ident() == threads.MAIN


def test_the_program_ends_when_all_that_are_no_daemons_have(host, start):
    ended = []
    start(lambda: ended.append("daemon"))
    start(lambda: ended.append("first"), daemon=False)
    start(lambda: start(lambda: ended.append("its own"), daemon=False), daemon=False)
    threads.shutdown()
    assert ended == ["daemon", "first", "its own"] and not threads.alive


def test_join_has_a_time(host, start):
    handle = Handle(5)
    handle.join(0.001)
    assert not handle.is_done()
    handle._set_done()
    handle.join()


def test_a_thread_cannot_wait_for_itself(host, start, monkeypatch):
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda type_, error, where: raised.append(str(error)))
    handle = Handle()
    start(lambda: handle.join(), handle)
    handle.join()
    assert raised == ["Cannot join current thread"]


def test_what_a_thread_raises(host, start, monkeypatch):
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda type_, error, where: raised.append(type_))
    for error in (SystemExit, ValueError):
        start(lambda error=error: (_ for _ in ()).throw(error)).join()
    assert raised == [ValueError]


def test_arguments_of_the_old_function(host, start):
    seen = []
    assert (
        threads.start_new_thread(lambda *args, **keywords: seen.append((args, keywords)), (1, 2), {"three": 3})
        > threads.MAIN
    )
    host.started.popleft()()
    assert seen == [((1, 2), {"three": 3})]


def test_an_event_loop_is_no_longer_the_running_one_while_its_thread_waits(host, monkeypatch):
    """Pyodide awaits promises with the running loop, and this one could not go on."""
    ours = asyncio.new_event_loop()
    seen = []
    asyncio._set_running_loop(ours)
    try:
        threads.block(lambda: lambda: seen.append(asyncio._get_running_loop()))
        seen.append(asyncio._get_running_loop())
    finally:
        asyncio._set_running_loop(None)
        ours.close()
    assert seen == [threads.browsers_loop, ours]


# -- the collector -----------------------------------------------------------------------------------------------------


def test_the_collector_runs_by_itself_only_while_there_is_one_thread(host, start, monkeypatch):
    set_to = []
    monkeypatch.setattr(threads, "set_threshold", lambda *thresholds: set_to.append(thresholds))
    monkeypatch.setattr(threads, "wanted", (2000, 10, 0))
    start(lambda: None).join()
    assert set_to == [(threads.NEVER,), (2000, 10, 0)]


def test_what_a_program_sets_counts_when_it_is_alone_again(host, start, monkeypatch):
    set_to = []
    monkeypatch.setattr(threads, "set_threshold", lambda *thresholds: set_to.append(thresholds))
    monkeypatch.setattr(threads, "wanted", (2000, 10, 0))
    handle = start(lambda: threads.want_threshold(5))
    handle.join()
    assert set_to == [(threads.NEVER,), (threads.NEVER,), (5, 10, 0)]
