"""A Process uses a name that only the parent defines."""

import multiprocessing


def greet():
    print(f"Hello, {name}!")


if __name__ == "__main__":
    name = "Ada"
    process = multiprocessing.Process(target=greet)
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
