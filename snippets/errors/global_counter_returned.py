"""Each task returns what it counted; the parent adds it up."""

import multiprocessing


def count(task):
    return 1


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        counter = sum(pool.map(count, range(10)))
    print(f"tasks counted: {counter}")
