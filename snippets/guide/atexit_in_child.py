"""A child registers a function for its exit."""

import atexit
import multiprocessing


def work():
    atexit.register(print, "child: atexit")
    print("child: end of work")


if __name__ == "__main__":
    child = multiprocessing.Process(target=work)
    child.start()
    child.join()
