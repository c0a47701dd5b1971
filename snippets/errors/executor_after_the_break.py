"""A worker ends, and then the executor gets another task."""

import os
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(os._exit, 3).exception()
        print(type(error).__name__, flush=True)
        executor.submit(abs, -1)
