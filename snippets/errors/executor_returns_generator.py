"""The same task, given to an executor."""

from concurrent.futures import ProcessPoolExecutor


def squares(n):
    return (x * x for x in range(n))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        future = executor.submit(squares, 3)
        print(future.result())
