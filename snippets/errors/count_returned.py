"""Each worker counts for itself; the parent adds up."""

import multiprocessing


def count(times):
    counted = 0
    for _ in range(times):
        counted += 1
    return counted


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        print(sum(pool.map(count, [50_000, 50_000])))
