"""Asks in the parent and in a child."""

import multiprocessing


def ask():
    print("child:", input())


if __name__ == "__main__":
    print("parent:", input(), flush=True)
    process = multiprocessing.Process(target=ask)
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
