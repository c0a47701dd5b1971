"""The parent has let go of the Value when the child opens it."""

import multiprocessing


def show(value):
    print(f"value: {value.value}")


def launch():
    value = multiprocessing.Value("i", 7)
    process = multiprocessing.Process(target=show, args=(value,))
    process.start()
    return process


if __name__ == "__main__":
    process = launch()
    process.join()
    print(f"exit code: {process.exitcode}")
