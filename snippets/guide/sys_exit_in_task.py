"""sys.exit() in a task of an executor ends no process."""

import sys
from concurrent.futures import ProcessPoolExecutor


def work(number):
    sys.exit(3)


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=1) as executor:
        try:
            executor.submit(work, 1).result()
        except SystemExit as error:
            print("in the parent:", repr(error))
        print("the same worker:", executor.submit(abs, -1).result())
