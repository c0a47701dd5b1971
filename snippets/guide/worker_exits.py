"""One worker ends its process, as a crash in C code would."""

import concurrent.futures
import os
import sys

if __name__ == "__main__":
    name = f"{sys.argv[1]}PoolExecutor"
    with getattr(concurrent.futures, name)(max_workers=2) as executor:
        future = executor.submit(os._exit, 3)
        print("The worker raised:", type(future.exception()).__name__)
    print("The main program goes on.")
