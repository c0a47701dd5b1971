"""Lock: one process at a time reads and writes."""

import multiprocessing

TIMES = 1_000


def count(lock, counter):
    for _ in range(TIMES):
        with lock:
            counter.value += 1


if __name__ == "__main__":
    lock = multiprocessing.Lock()
    counter = multiprocessing.RawValue("i", 0)
    processes = [
        multiprocessing.Process(target=count, args=(lock, counter))
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("counted:", counter.value)
