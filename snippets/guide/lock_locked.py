"""Asks whether a lock is held, from Python 3.14."""

import multiprocessing

if __name__ == "__main__":
    lock = multiprocessing.Lock()
    print(lock.locked())
    with lock:
        print(lock.locked())
