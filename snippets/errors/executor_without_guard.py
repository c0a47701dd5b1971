"""Makes an executor at top level, without the guard."""

from concurrent.futures import ProcessPoolExecutor


def square(number):
    return number * number


with ProcessPoolExecutor(2) as executor:
    print(executor.submit(square, 3).result())
