"""Lock and process are of the same context."""

import multiprocessing


def work(lock):
    with lock:
        print("child: has the lock")


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    lock = context.Lock()
    process = context.Process(target=work, args=(lock,))
    process.start()
    process.join()
