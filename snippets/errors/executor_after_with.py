"""Uses an executor again after its with block has ended."""

from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(square, [1, 2, 3])))
    print(list(executor.map(square, [4, 5, 6])))
