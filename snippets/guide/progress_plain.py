"""The parent counts results as they arrive."""

import multiprocessing
import sys


def square(number):
    return number * number


if __name__ == "__main__":
    numbers = range(200)
    total = 0
    with multiprocessing.Pool(2) as pool:
        results = pool.imap_unordered(square, numbers, chunksize=10)
        for done, result in enumerate(results, start=1):
            total += result
            if done % 50 == 0:
                print(f"{done} of {len(numbers)}", file=sys.stderr)
    print("sum:", total)
