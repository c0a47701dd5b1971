"""The same with an executor."""

from concurrent.futures import (
    ProcessPoolExecutor,
)


def square(x):
    return x * x


if __name__ == "__main__":
    with ProcessPoolExecutor(4) as executor:
        print(*executor.map(square, [1, 2]))
        future = executor.submit(square, 4)
        print(future.result(timeout=20))
        failed = executor.submit(int, "x")
        print(failed.exception(timeout=20))
