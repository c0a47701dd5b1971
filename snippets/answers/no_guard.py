"""Starts a process without the guard."""

import multiprocessing


def print_hello():
    print("Hello from a process!")


print(f"This line runs in {__name__}.")
process = multiprocessing.Process(target=print_hello)
process.start()
process.join()
print("exit code:", process.exitcode)
