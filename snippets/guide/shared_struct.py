"""Two fields that change together, under one lock."""

import ctypes
import multiprocessing


class Best(ctypes.Structure):
    _fields_ = [
        ("score", ctypes.c_double),
        ("found_by", ctypes.c_int),
    ]


def search(best, number, score):
    with best.get_lock():
        if score > best.score:
            best.score = score
            best.found_by = number


if __name__ == "__main__":
    best = multiprocessing.Value(Best, 0.0, -1)
    processes = [
        multiprocessing.Process(
            target=search, args=(best, number, score)
        )
        for number, score in [(1, 0.5), (2, 0.75)]
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(f"best score: {best.score}, found by {best.found_by}")
