"""A Process gets what it uses as an argument."""

import multiprocessing


def greet(name):
    print(f"Hello, {name}!")


if __name__ == "__main__":
    process = multiprocessing.Process(target=greet, args=("Ada",))
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
