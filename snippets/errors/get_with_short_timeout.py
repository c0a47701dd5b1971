"""The parent waits a tenth of a second for a long task."""

import multiprocessing
import time

if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        task = pool.apply_async(time.sleep, (60,))
        task.get(timeout=0.1)
