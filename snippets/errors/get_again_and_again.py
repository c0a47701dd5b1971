"""The parent asks again until the result is there."""

import multiprocessing
import time


def answer():
    time.sleep(0.5)
    return 42


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        task = pool.apply_async(answer)
        while True:
            try:
                print("result:", task.get(timeout=0.1))
                break
            except multiprocessing.TimeoutError:
                pass  # a place for other work
