"""Forgets the comma: args is the string itself, not a tuple."""

import multiprocessing


def greet(name):
    print(f"Hello, {name}!")


if __name__ == "__main__":
    process = multiprocessing.Process(target=greet, args=("Ada"))
    process.start()
    process.join()
    print("exit code:", process.exitcode)
