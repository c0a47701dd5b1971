"""Waits for a result when the workers are gone."""

import multiprocessing
import time


def work():
    time.sleep(60)


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        result = pool.apply_async(work)
    print("after the block")
    result.get()
