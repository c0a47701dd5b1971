"""A pool in a cycle of references outlives its last name."""

import gc
import multiprocessing


class Absolute:
    def __init__(self):
        self.pool = multiprocessing.Pool(processes=2)
        self.run = self.values

    def values(self, numbers):
        return self.pool.map(abs, numbers)


if __name__ == "__main__":
    gc.disable()  # it would run at a time of its own choice
    absolute = Absolute()
    del absolute
    workers = multiprocessing.active_children()
    print("workers before a collection:", len(workers))
    gc.collect()
    workers = multiprocessing.active_children()
    print("workers after a collection:", len(workers))
