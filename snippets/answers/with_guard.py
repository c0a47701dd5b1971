"""Starts a process under the guard."""

import multiprocessing


def print_hello():
    print("Hello from a process!")


print(f"This line runs in {__name__}.")
if __name__ == "__main__":
    process = multiprocessing.Process(target=print_hello)
    process.start()
    process.join()
    print("exit code:", process.exitcode)
