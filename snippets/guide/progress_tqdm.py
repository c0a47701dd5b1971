"""A tqdm bar over the results of a pool."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["tqdm"]
# ///

import multiprocessing

from tqdm import tqdm


def square(number):
    return number * number


if __name__ == "__main__":
    numbers = range(200)
    with multiprocessing.Pool(2) as pool:
        results = pool.imap_unordered(square, numbers, chunksize=10)
        total = sum(tqdm(results, total=len(numbers)))
    print("sum:", total)
