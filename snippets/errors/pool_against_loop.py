"""Small tasks: a loop and a pool side by side."""

import multiprocessing
import time


numbers = range(100)


def square(number):
    return number * number


def in_loop():
    return [square(number) for number in numbers]


def in_pool():
    with multiprocessing.Pool(2) as pool:
        return pool.map(square, numbers)


def milliseconds(work):
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3


if __name__ == "__main__":
    loop = min(milliseconds(in_loop) for _ in range(9))
    pool = milliseconds(in_pool)
    print(f"loop: {loop:.3f} ms")
    print(f"pool: {pool:.3f} ms")
    if pool > 10 * loop:
        print("The pool took more than ten times as long.")
