"""After the timeout, the with block terminates the workers."""

import multiprocessing
import time


def work():
    time.sleep(60)


if __name__ == "__main__":
    with multiprocessing.Pool(processes=1) as pool:
        result = pool.apply_async(work)
        try:
            result.get(timeout=0.5)
        except multiprocessing.TimeoutError as error:
            print(repr(error))
    print("after the block, task done:", result.ready())
