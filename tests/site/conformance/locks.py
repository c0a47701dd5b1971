"""Lock, RLock, Semaphore, BoundedSemaphore, Event, Condition, Barrier."""

import multiprocessing
import threading
import time


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def adds(lock, total, times):
    for _ in range(times):
        with lock:
            total.value += 1


def takes(lock):
    print("the child gets it:", lock.acquire(False), lock.acquire(timeout=0.01), flush=True)


def holds(lock, end):
    lock.acquire()
    end.send("held")
    time.sleep(60)


def waits_for(event):
    print("the event is set:", event.wait(60), flush=True)


def waits_in(condition, end):
    with condition:
        end.send("waits")
        print("told:", condition.wait(60), flush=True)


def until_three(condition, number):
    with condition:
        print("wait_for:", condition.wait_for(lambda: number.value == 3, timeout=60), flush=True)


def meets(barrier, name, end):
    try:
        end.send((name, barrier.wait() >= 0, barrier.parties))
    except threading.BrokenBarrierError as error:
        end.send((name, type(error).__name__))


def acts():
    print("all are here", flush=True)


def started(target, *args):
    child = multiprocessing.Process(target=target, args=args)
    child.start()
    return child


def joined(*children):
    for child in children:
        child.join()
    return [child.exitcode for child in children]


def main():
    lock, total = multiprocessing.Lock(), multiprocessing.Value("i", 0, lock=False)
    print(joined(*[started(adds, lock, total, 50) for _ in range(2)]), total.value)
    print(lock.acquire(), lock.acquire(False), lock.acquire(block=True, timeout=0.01), lock)
    print(joined(started(takes, lock)), lock.release(), caught(lock.release), lock)
    print(joined(started(takes, lock)), lock.acquire(False))  # it died with it
    here, there = multiprocessing.Pipe()
    held = multiprocessing.Lock()
    child = started(holds, held, there)
    print(here.recv(), held)
    child.kill()
    print(joined(child), held.acquire(timeout=0.1))
    if hasattr(lock, "locked"):
        assert lock.locked()

    again = multiprocessing.RLock()
    print(again.acquire(), again.acquire(), again, joined(started(takes, again)))
    again.release()
    again.release()
    print(caught(again.release), again, joined(started(adds, again, total, 1)))
    with again, again:
        print(again)

    semaphore = multiprocessing.Semaphore(2)
    with semaphore:
        print(
            semaphore, semaphore.get_value(), semaphore.acquire(False), semaphore.acquire(False), semaphore.get_value()
        )
        semaphore.release()
    semaphore.release()
    print(semaphore.get_value(), caught(lambda: multiprocessing.Semaphore(-1)))
    bounded = multiprocessing.BoundedSemaphore(1)
    print(bounded, bounded.acquire(), bounded.release(), caught(bounded.release))

    event = multiprocessing.Event()
    print(event.is_set(), event.wait(0.01), event)
    children = [started(waits_for, event) for _ in range(2)]
    event.set()
    print(joined(*children), event.is_set(), event.wait(), event, event.clear(), event.is_set())

    condition, number = multiprocessing.Condition(), multiprocessing.Value("i", 0)
    here, there = multiprocessing.Pipe()
    child = started(waits_in, condition, there)
    print(here.recv())
    with condition:
        condition.notify()
    print(joined(child))
    children = [started(waits_in, condition, there) for _ in range(3)]
    print([here.recv() for _ in children])
    with condition:
        condition.notify(2)
    with condition:
        condition.notify_all()
    print(joined(*children))
    child = started(until_three, condition, number)
    for _ in range(3):
        with condition:
            number.value += 1
            condition.notify()
        time.sleep(0.05)
    print(joined(child))
    print(caught(condition.notify)[0], caught(condition.wait)[0])
    with condition:
        print(condition.wait(0.01), condition.wait_for(lambda: False, 0.01))

    barrier = multiprocessing.Barrier(2, action=acts)
    here, there = multiprocessing.Pipe()
    children = [started(meets, barrier, name, there) for name in "ab"]
    print(sorted(here.recv() for _ in children), joined(*children), barrier.n_waiting, barrier.broken)
    child = started(meets, barrier, "c", there)
    while not barrier.n_waiting:
        time.sleep(0.01)
    barrier.abort()
    print(here.recv(), joined(child), barrier.broken, caught(barrier.wait))
    barrier.reset()
    child = started(meets, barrier, "d", there)
    print(barrier.broken, barrier.wait() in (0, 1), here.recv(), joined(child))
    print(caught(lambda: barrier.wait(0.01)), barrier.broken)


if __name__ == "__main__":
    main()
