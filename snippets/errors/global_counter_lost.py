"""Ten tasks add one to a global; the parent's stays at 0."""

import multiprocessing

counter = 0


def count(task):
    global counter
    counter += 1


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        pool.map(count, range(10))
    print(f"tasks counted: {counter}")
