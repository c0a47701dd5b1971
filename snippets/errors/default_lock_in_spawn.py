"""The lock comes from the module, the process from a context."""

import multiprocessing


def work(lock):
    with lock:
        print("child: has the lock")


if __name__ == "__main__":
    lock = multiprocessing.Lock()
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=work, args=(lock,))
    process.start()
    process.join()
