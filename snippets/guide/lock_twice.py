"""RLock: whoever holds it may take it again."""

import multiprocessing


def inner(lock):
    got_it = lock.acquire(timeout=0.1)
    if got_it:
        lock.release()
    return got_it


def outer(lock):
    with lock:
        return inner(lock)


if __name__ == "__main__":
    print("Lock: ", outer(multiprocessing.Lock()))
    print("RLock:", outer(multiprocessing.RLock()))
