import pytest
from multiprocessing_workers import threads
from multiprocessing_workers.semaphores import RECURSIVE_MUTEX, SemLock

SEMAPHORE = 1


@pytest.fixture
def make(host):
    def make(kind=SEMAPHORE, value=1, maxvalue=1) -> SemLock:
        host.answer("semaphore", 100)
        made = SemLock(kind, value, maxvalue, "/mp-name", False)
        assert host.called.pop() == ("semaphore", value, maxvalue, "/mp-name")
        return made

    return make


@pytest.mark.parametrize(
    "arguments, seconds",
    [
        ((), None),
        ((True, None), None),
        ((True, 1.5), 1.5),
        ((True, 0), 0),
        ((True, -1), 0),
        ((False,), 0),
        ((False, 5), 0),
    ],
)
def test_how_long_it_waits(host, make, arguments, seconds):
    host.answer("acquire", False)
    assert make().acquire(*arguments) is False
    assert host.called == [("acquire", 100, seconds)]


def test_a_timeout_that_is_no_number(host, make):
    with pytest.raises(TypeError):
        make().acquire(True, "1")
    assert not host.called


def test_what_was_not_acquired_is_not_held(host, make):
    host.answer("acquire", False, True)
    lock = make()
    lock.acquire(False)
    assert lock._count() == 0 and not lock._is_mine()
    lock.acquire()
    assert lock._count() == 1 and lock._is_mine()


def test_a_recursive_lock_asks_once(host, make):
    host.answer("acquire", True)
    lock = make(RECURSIVE_MUTEX)
    assert [lock.acquire() for _ in range(3)] == [True] * 3 and lock._count() == 3
    lock.release(), lock.release()
    assert host.called == [("acquire", 100, None)] and not host.told
    lock.release()
    assert host.told == [("release", 100)] and not lock._is_mine()


def test_a_recursive_lock_of_another_thread(host, make, monkeypatch):
    host.answer("acquire", True, False)
    lock = make(RECURSIVE_MUTEX)
    lock.acquire()
    monkeypatch.setattr(threads, "current", threads.MAIN + 1)
    assert lock.acquire(False) is False
    with pytest.raises(AssertionError, match="attempt to release recursive lock not owned by thread"):
        lock.release()
    assert not host.told


def test_a_lock_that_another_process_took_can_be_released_and_one_too_often_is_an_error(host, make):
    host.answer("release", None, "EOVERFLOW")
    lock = make()
    lock.release()
    with pytest.raises(ValueError, match="semaphore or lock released too many times"):
        lock.release()
    assert [name for name, *_ in host.called] == ["release", "release"] and not host.told


def test_a_bounded_semaphore_waits_for_the_answer(host, make):
    host.answer("acquire", True)
    host.answer("release", "EOVERFLOW")
    bounded = make(value=2, maxvalue=2)
    bounded.acquire()
    with pytest.raises(ValueError):
        bounded.release()


def test_another_process_finds_it_by_its_name(host):
    host.answer("named semaphore", 7)
    host.answer("acquire", True)
    other = SemLock._rebuild(100, SEMAPHORE, 1, "/mp-name")
    assert other.acquire() and host.called == [("named semaphore", "/mp-name"), ("acquire", 7, None)]


@pytest.mark.parametrize("value, zero", [(0, True), (3, False)])
def test_its_value_is_the_kernels(host, make, value, zero):
    host.answer("value", value, value)
    semaphore = make(maxvalue=SemLock.SEM_VALUE_MAX)
    assert semaphore._get_value() == value and semaphore._is_zero() is zero
