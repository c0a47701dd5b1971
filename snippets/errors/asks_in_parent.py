"""Asks in the parent, and sends the answer along."""

import multiprocessing


def greet(name):
    print(f"child: hello, {name}")


if __name__ == "__main__":
    name = input()
    process = multiprocessing.Process(target=greet, args=(name,))
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
