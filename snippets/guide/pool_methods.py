"""The methods of a pool, each called once."""

import multiprocessing


def add(a, b=10):
    return a + b


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print("map:    ", pool.map(add, [1, 2, 3]))
        print("starmap:", pool.starmap(add, [(1, 1), (2, 2)]))
        print("imap:   ", list(pool.imap(add, [1, 2, 3])))
        results = pool.imap_unordered(add, [1, 2, 3])
        print("imap_unordered:", sorted(results))
        print("apply:  ", pool.apply(add, (1,), {"b": 5}))

        one = pool.apply_async(add, (1,), {"b": 5})
        many = pool.map_async(add, [1, 2, 3])
        print("apply_async:", one.get())
        print("map_async:  ", many.get())
