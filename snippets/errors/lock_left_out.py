"""The object leaves its lock behind, and makes one on arrival."""

import multiprocessing
import threading


class Counter:
    def __init__(self, start):
        self.start = start
        self.lock = threading.Lock()

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()

    def add(self, number):
        with self.lock:
            return self.start + number


if __name__ == "__main__":
    counter = Counter(10)
    with multiprocessing.Pool(2) as pool:
        print(pool.map(counter.add, [1, 2, 3]))
