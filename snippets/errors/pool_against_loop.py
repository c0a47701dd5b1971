"""Small tasks: a loop and a pool side by side."""

import multiprocessing
import time


def square(number):
    return number * number


if __name__ == "__main__":
    numbers = range(100)

    begin = time.perf_counter()
    by_loop = [square(number) for number in numbers]
    loop = time.perf_counter() - begin

    begin = time.perf_counter()
    with multiprocessing.Pool(2) as pool:
        by_pool = pool.map(square, numbers)
    pooled = time.perf_counter() - begin

    print(f"loop: {loop * 1e3:.3f} ms")
    print(f"pool: {pooled * 1e3:.3f} ms")
    if by_pool == by_loop and pooled > 10 * loop:
        print("The pool took more than ten times as long.")
