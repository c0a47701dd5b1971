"""After the timeout, kills the workers (Python 3.14 or later)."""

import time
from concurrent.futures import ProcessPoolExecutor


def work():
    time.sleep(60)


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=1) as executor:
        future = executor.submit(work)
        try:
            future.result(timeout=0.5)
        except TimeoutError as error:
            print(repr(error))
            executor.kill_workers()
    print("after the block:", type(future.exception()).__name__)
