"""Tasks report each of their steps through a queue."""

import multiprocessing
import sys


def share(queue):
    global steps
    steps = queue


def work(size):
    for step in range(size):
        # ... one step of the work ...
        steps.put(1)
    return size


def report_end(_):
    steps.put(None)


if __name__ == "__main__":
    sizes = [10, 20, 30]
    steps = multiprocessing.SimpleQueue()
    with multiprocessing.Pool(2, share, [steps]) as pool:
        result = pool.map_async(
            work, sizes, 1, report_end, error_callback=report_end
        )
        done = 0
        for count in iter(steps.get, None):
            done += count
            if done % 20 == 0:
                print(f"{done} of {sum(sizes)}", file=sys.stderr)
        print("tasks:", result.get())
