"""Which thread reads the input of map_async and of imap."""

import multiprocessing
import threading


def numbers():
    for number in range(3):
        thread = threading.current_thread()
        if thread is threading.main_thread():
            print("  the caller reads", number)
        else:
            print("  a thread of the pool reads", number)
        yield number


def double(number):
    return 2 * number


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print("map_async")
        result = pool.map_async(double, numbers())
        print("  has returned")
        print(" ", result.get())
        print("imap")
        print(" ", list(pool.imap(double, numbers())))
