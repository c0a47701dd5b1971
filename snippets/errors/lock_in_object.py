"""A worker is sent a method, and with it an object with a lock."""

import multiprocessing
import threading


class Counter:
    def __init__(self, start):
        self.start = start
        self.lock = threading.Lock()

    def add(self, number):
        with self.lock:
            return self.start + number


if __name__ == "__main__":
    counter = Counter(10)
    with multiprocessing.Pool(2) as pool:
        print(pool.map(counter.add, [1, 2, 3]))
