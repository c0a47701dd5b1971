"""A rich progress bar over the results of a pool."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["rich"]
# ///

import multiprocessing

from rich.console import Console
from rich.progress import track


def square(number):
    return number * number


if __name__ == "__main__":
    numbers = range(200)
    screen = Console(stderr=True)
    with multiprocessing.Pool(2) as pool:
        results = pool.imap_unordered(square, numbers, chunksize=10)
        bar = track(
            results, "squares", total=len(numbers), console=screen
        )
        total = sum(bar)
    print("sum:", total)
