"""Without workers, the same work runs in the parent."""

import multiprocessing
import sys


def invert(number):
    breakpoint()
    return 1 / number


if __name__ == "__main__":
    workers = int(sys.argv[1])
    if workers:
        with multiprocessing.Pool(workers) as pool:
            results = pool.map(invert, [4])
    else:
        results = list(map(invert, [4]))
    print(results)
