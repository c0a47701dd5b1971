"""The parent has let go of the Value when the child opens it."""

import multiprocessing
import time


class Large:
    """Stands for data that takes a second to unpickle."""

    def __reduce__(self):
        return time.sleep, (1,)


def show(large, value):
    print(f"value: {value.value}")


def launch():
    value = multiprocessing.Value("i", 7)
    process = multiprocessing.Process(
        target=show, args=(Large(), value)
    )
    process.start()
    return process


if __name__ == "__main__":
    process = launch()
    process.join()
    print(f"exit code: {process.exitcode}")
