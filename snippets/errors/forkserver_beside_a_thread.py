"""The server that forks has no threads."""

import multiprocessing
import threading


def work():
    print("child: done")


if __name__ == "__main__":
    finish = threading.Event()
    thread = threading.Thread(target=finish.wait)
    thread.start()
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=work)
    process.start()
    process.join()
    finish.set()
    thread.join()
    print(f"exit code: {process.exitcode}")
