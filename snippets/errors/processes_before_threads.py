"""Starts the processes first, and the threads after them."""

import multiprocessing
import threading

lock = threading.Lock()


def hold(held, finish):
    with lock:
        held.set()
        finish.wait()


def work():
    with lock:
        print("child: has the lock")


if __name__ == "__main__":
    process = multiprocessing.Process(target=work)
    process.start()
    held, finish = threading.Event(), threading.Event()
    thread = threading.Thread(target=hold, args=(held, finish))
    thread.start()
    held.wait()
    process.join()
    finish.set()
    thread.join()
    print("parent: the child has ended")
