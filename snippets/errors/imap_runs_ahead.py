"""imap reads all of its input while one result is taken."""

import multiprocessing
import threading

read = 0
at_end = threading.Event()


def numbers():
    global read
    for number in range(2_000):
        read += 1
        yield number
    at_end.set()


def double(number):
    return 2 * number


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        results = pool.imap(double, numbers())
        print("first result:", next(results))
        at_end.wait()
        print("inputs read:", read)
