"""Pool.map makes chunks unasked; Pool.imap does not."""

import multiprocessing
import time


def square(x):
    return x * x


def seconds(map_method, **options):
    start = time.perf_counter()
    list(map_method(square, range(20_000), **options))
    return time.perf_counter() - start


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        single = seconds(pool.imap)
        chunked = min(seconds(pool.map) for _ in range(9))
        imap = min(
            seconds(pool.imap, chunksize=2500) for _ in range(9)
        )
    print(f"imap:                 {single:.4f} s")
    print(f"map:                  {chunked:.4f} s")
    print(f"imap, chunksize=2500: {imap:.4f} s")
    if single > 10 * max(chunked, imap):
        print("Single tasks took over 10 times as long.")
