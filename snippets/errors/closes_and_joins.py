"""No more tasks, then wait for all of them."""

import multiprocessing
import time


def work(number):
    time.sleep(1)
    print(f"item {number} is done")


if __name__ == "__main__":
    pool = multiprocessing.Pool(1)
    pool.apply_async(work, [1])
    pool.close()
    pool.join()
    print("end of the program")
