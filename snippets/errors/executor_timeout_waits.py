"""The timeout is raised, and then the with block waits."""

import time
from concurrent.futures import ProcessPoolExecutor


def work():
    time.sleep(1)


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=1) as executor:
        future = executor.submit(work)
        try:
            future.result(timeout=0.1)
        except TimeoutError as error:
            print(repr(error), "task done:", future.done())
    print("after the block, task done:", future.done())
