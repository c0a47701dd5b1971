"""All workers read one copy; a task carries only its name."""

import array
import multiprocessing
import pickle
from multiprocessing.shared_memory import SharedMemory


def total(name, start, stop):
    shared = SharedMemory(name)
    with shared.buf.cast("q") as numbers:
        result = sum(numbers[start:stop])
    shared.close()
    return result


if __name__ == "__main__":
    data = array.array("q", range(1_000_000)).tobytes()
    shared = SharedMemory(create=True, size=len(data))
    try:
        shared.buf[: len(data)] = data
        tasks = [
            (shared.name, 0, 500_000),
            (shared.name, 500_000, 1_000_000),
        ]
        with multiprocessing.Pool(processes=2) as pool:
            print(pool.starmap(total, tasks))
    finally:
        shared.close()
        shared.unlink()
    print("bytes of data:", len(data))
    print("a task under 100:", len(pickle.dumps(tasks[0])) < 100)
