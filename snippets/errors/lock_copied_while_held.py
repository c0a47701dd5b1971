"""A thread holds a lock at the moment of the fork."""

import multiprocessing
import threading

lock = threading.Lock()


def hold(held, finish):
    with lock:
        held.set()
        finish.wait()


def work():
    print("child: wants the lock", flush=True)
    with lock:
        print("child: has the lock")


if __name__ == "__main__":
    held, finish = threading.Event(), threading.Event()
    thread = threading.Thread(target=hold, args=(held, finish))
    thread.start()
    held.wait()
    process = multiprocessing.Process(target=work)
    process.start()
    finish.set()
    thread.join()
    print("parent: the thread has let go of the lock", flush=True)
    process.join()
    print("parent: the child has ended")
