"""The lock is of one context, the process of another."""

import multiprocessing


def work(lock):
    with lock:
        print("child: has the lock")


if __name__ == "__main__":
    lock = multiprocessing.get_context("fork").Lock()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=work, args=(lock,))
    process.start()
    process.join()
