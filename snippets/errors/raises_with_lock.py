"""The task fails, and its exception cannot be sent back either."""

import multiprocessing
import threading


class JobError(Exception):
    def __init__(self, message):
        super().__init__(message)
        self.lock = threading.Lock()


def work(number):
    raise JobError(f"job {number} failed")


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(work, [1]))
