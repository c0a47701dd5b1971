"""A start method for this code only."""

from multiprocessing import get_context


def square(x):
    return x * x


if __name__ == "__main__":
    spawn = get_context("spawn")
    with spawn.Pool(2) as pool:
        print(spawn.get_start_method())
        print(pool.map(square, [1, 2, 3]))
