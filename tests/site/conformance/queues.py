"""Queue, JoinableQueue, SimpleQueue: full, empty, late, closed."""

import multiprocessing
import queue
import time


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def produces(to, count):
    for number in range(count):
        to.put(number)
    to.put(None)


def works(tasks, results):
    while (task := tasks.get()) is not None:
        results.put(task * task)
        tasks.task_done()
    tasks.task_done()


def big(to):
    to.put("x" * 1_000_000)


def leaves_without(to):
    to.cancel_join_thread()
    to.put("x" * 10_000_000)


def late(to):
    time.sleep(0.3)
    to.put("late")


def in_pieces(to):
    for one in ({"a": [1, (2, 3)]}, b"bytes", None, 1.5, {1, 2}, "ü", range(3), ValueError("an error")):
        to.put(one)


def started(target, *args):
    child = multiprocessing.Process(target=target, args=args)
    child.start()
    return child


def main():
    numbers = multiprocessing.Queue()
    child = started(produces, numbers, 100)
    print(sum(iter(numbers.get, None)), child.join(), child.exitcode)
    child = started(in_pieces, numbers)
    print([repr(numbers.get()) for _ in range(8)])
    child.join()
    print(numbers.empty(), numbers.qsize(), caught(numbers.get_nowait), caught(lambda: numbers.get(timeout=0.01)))
    print(caught(lambda: numbers.get(False)), caught(lambda: numbers.get(True, 0.01)))

    small = multiprocessing.Queue(maxsize=2)
    small.put(1)
    small.put(2)
    print(small.full(), small.qsize(), caught(lambda: small.put_nowait(3)), caught(lambda: small.put(3, timeout=0.01)))
    print(small.get(), small.full(), small.put_nowait(4), small.get(), small.get(), small.qsize())
    print(isinstance(caught, object), queue.Full.__name__, queue.Empty.__name__)
    child = started(late, small)
    print(small.get(timeout=60))
    child.join()

    child = started(big, numbers)
    print(len(numbers.get()), child.join(), child.exitcode)
    child = started(leaves_without, numbers)
    print(child.join(), child.exitcode)
    broken = multiprocessing.Queue()
    broken.put(1)
    broken.close()
    broken.join_thread()
    print(caught(lambda: broken.put(2)), caught(broken.get))
    print(caught(broken.join_thread), caught(multiprocessing.Queue().join_thread))

    tasks, results = multiprocessing.JoinableQueue(), multiprocessing.SimpleQueue()
    children = [started(works, tasks, results) for _ in range(2)]
    for number in range(10):
        tasks.put(number)
    tasks.join()
    print(sorted(results.get() for _ in range(10)), results.empty())
    for _ in children:
        tasks.put(None)
    tasks.join()
    print([child.join() or child.exitcode for child in children])
    print(caught(tasks.task_done))

    simple = multiprocessing.SimpleQueue()
    simple.put([1, 2])
    print(simple.empty(), simple.get(), simple.empty(), simple.close())
    print(caught(lambda: simple.put(1)))
    unpicklable = multiprocessing.SimpleQueue()
    print(caught(lambda: unpicklable.put(lambda: None))[0])


if __name__ == "__main__":
    main()
