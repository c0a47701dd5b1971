"""Without the wait at shutdown, Python waits at its own end."""

import time
from concurrent.futures import ProcessPoolExecutor


def work():
    time.sleep(1)
    print("The task ends.", flush=True)


if __name__ == "__main__":
    executor = ProcessPoolExecutor(max_workers=1)
    future = executor.submit(work)
    try:
        future.result(timeout=0.1)
    except TimeoutError:
        executor.shutdown(wait=False, cancel_futures=True)
    print("The program is at its end.", flush=True)
