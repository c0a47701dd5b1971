"""A pool: many tasks, a few workers."""

from multiprocessing import Pool


def square(x):
    return x * x


if __name__ == "__main__":
    with Pool(processes=4) as pool:
        print(pool.map(square, [1, 2, 3]))
        pairs = [(2, 3), (3, 2)]
        print(pool.starmap(pow, pairs))
        for one in pool.imap(square, [4, 5]):
            print(one)
        task = pool.apply_async(square, (6,))
        print(task.get(timeout=20))
