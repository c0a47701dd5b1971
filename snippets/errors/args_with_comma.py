"""A tuple of one item ends with a comma."""

import multiprocessing


def greet(name):
    print(f"Hello, {name}!")


if __name__ == "__main__":
    process = multiprocessing.Process(target=greet, args=("Ada",))
    process.start()
    process.join()
    print("exit code:", process.exitcode)
