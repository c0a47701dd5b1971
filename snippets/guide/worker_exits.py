"""One worker ends its process, as a crash in C code would."""

import concurrent.futures
import os
import sys

if __name__ == "__main__":
    kind = getattr(concurrent.futures, f"{sys.argv[1]}PoolExecutor")
    with kind(max_workers=2) as executor:
        error = executor.submit(os._exit, 3).exception()
        print("The future raises", type(error).__name__)
    print("The main program goes on.")
