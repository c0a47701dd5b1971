"""Two ways to end a pool that has a task to do."""

import multiprocessing
import time

if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    result = pool.apply_async(time.sleep, [0.2])
    pool.close()
    pool.join()
    print("close(), join(): task done:", result.ready())

    pool = multiprocessing.Pool(processes=2)
    result = pool.apply_async(time.sleep, [60])
    pool.terminate()
    pool.join()
    print("terminate(), join(): task done:", result.ready())
