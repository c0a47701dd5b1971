"""Four tasks in turn, in four threads, and in four processes."""

import multiprocessing
import threading
import time


def nothing():
    pass


def compute():
    sum(number * number for number in range(500_000))


def wait():
    time.sleep(0.15)


def in_turn(task):
    start = time.perf_counter()
    for _ in range(4):
        task()
    return (time.perf_counter() - start) * 1000


def at_once(kind, task):
    workers = [kind(target=task) for _ in range(4)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    print("               in turn     threads   processes")
    for task in (nothing, compute, wait):
        turn = in_turn(task)
        threads = at_once(threading.Thread, task)
        processes = at_once(multiprocessing.Process, task)
        print(f"{task.__name__:10} {turn:8.1f} ms", end=" ")
        print(f"{threads:8.1f} ms {processes:8.1f} ms")
