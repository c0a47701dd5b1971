"""Each future has a result or an exception."""

from concurrent.futures import ProcessPoolExecutor


def invert(number):
    return 1 / number


if __name__ == "__main__":
    numbers = [1, 0, 2, 4]
    with ProcessPoolExecutor(max_workers=2) as executor:
        futures = [executor.submit(invert, n) for n in numbers]
        for number, future in zip(numbers, futures):
            error = future.exception()
            if error:
                print(number, "->", repr(error))
            else:
                print(number, "->", future.result())
