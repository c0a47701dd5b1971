"""The same work with the calls of a pool and of an executor."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, as_completed


def add(a, b=10):
    return a + b


if __name__ == "__main__":
    pairs = [(1, 2), (3, 4)]

    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(add, [1, 2]))
        print(pool.starmap(add, pairs))
        print(pool.apply_async(add, (1,), {"b": 5}).get())
        print(sorted(pool.imap_unordered(add, [1, 2])))

    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(add, [1, 2])))
        print(list(executor.map(add, *zip(*pairs))))
        print(executor.submit(add, 1, b=5).result())
        futures = [executor.submit(add, n) for n in [1, 2]]
        print(sorted(f.result() for f in as_completed(futures)))
