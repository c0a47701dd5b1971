"""When the workers of a pool and of an executor are started."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def running():
    return len(multiprocessing.active_children())


if __name__ == "__main__":
    with multiprocessing.Pool(processes=3):
        print("new pool:", running())

    with ProcessPoolExecutor(max_workers=3) as executor:
        print("new executor:", running())
        executor.submit(abs, -1).result()
        print("after its first task:", running())
