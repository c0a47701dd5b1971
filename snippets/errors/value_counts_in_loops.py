"""Two processes count in a loop, without and with the lock."""

import multiprocessing

TIMES = 50_000


def count(value):
    for _ in range(TIMES):
        value.value += 1


def count_with_lock(value):
    for _ in range(TIMES):
        with value.get_lock():
            value.value += 1


def run(target):
    value = multiprocessing.Value("i", 0)
    processes = [
        multiprocessing.Process(target=target, args=(value,))
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return value.value


if __name__ == "__main__":
    print(f"expected:     {2 * TIMES}")
    print(f"without lock: {run(count)}")
    print(f"with lock:    {run(count_with_lock)}")
