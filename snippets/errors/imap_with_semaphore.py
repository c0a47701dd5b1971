"""A semaphore lets the input be read only ten items ahead."""

import multiprocessing
import threading

read = 0


def numbers(free):
    global read
    for number in range(2_000):
        free.acquire()
        read += 1
        yield number


def double(number):
    return 2 * number


if __name__ == "__main__":
    free = threading.Semaphore(10)
    pool = multiprocessing.Pool(2)
    results = pool.imap(double, numbers(free))
    for done, result in enumerate(results, start=1):
        if done == 1:
            print("first result:", result)
            print("no more than 10 inputs read:", read <= 10)
        free.release()
    print("inputs read:", read)
    pool.close()
    pool.join()
