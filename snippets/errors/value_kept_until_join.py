"""The Value is made where it lives until the child has ended."""

import multiprocessing


def show(value):
    print(f"value: {value.value}")


def launch(value):
    process = multiprocessing.Process(target=show, args=(value,))
    process.start()
    return process


if __name__ == "__main__":
    value = multiprocessing.Value("i", 7)
    process = launch(value)
    process.join()
    print(f"exit code: {process.exitcode}")
