"""One pool does the small tasks of all the large ones."""

import multiprocessing


def square(x):
    return x * x


if __name__ == "__main__":
    sizes = [3, 4]
    with multiprocessing.Pool(processes=2) as pool:
        parts = [pool.map_async(square, range(n)) for n in sizes]
        print([sum(part.get()) for part in parts])
