"""tqdm's process_map, with chunks of ten items."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["tqdm"]
# ///

import tqdm
from tqdm.contrib.concurrent import process_map


def square(number):
    return number * number


if __name__ == "__main__":
    squares = process_map(
        square, range(200), max_workers=2, chunksize=10
    )
    print("sum:", sum(squares), "- tqdm", tqdm.__version__)
