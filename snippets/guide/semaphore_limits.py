"""Semaphore: at most two of four workers are inside at once."""

import multiprocessing


def keep(*shared):
    global slots, lock, inside, most
    slots, lock, inside, most = shared


def work(task):
    with slots:
        with lock:
            inside.value += 1
            most.value = max(most.value, inside.value)
        total = sum(range(100_000))
        with lock:
            inside.value -= 1
    return total


if __name__ == "__main__":
    slots = multiprocessing.Semaphore(2)
    lock = multiprocessing.Lock()
    inside = multiprocessing.RawValue("i", 0)
    most = multiprocessing.RawValue("i", 0)
    shared = (slots, lock, inside, most)
    with multiprocessing.Pool(
        4, initializer=keep, initargs=shared
    ) as pool:
        pool.map(work, range(20), chunksize=1)
    print("never more than 2:", most.value <= 2)
