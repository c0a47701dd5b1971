"""The same exception, raised in the worker of an executor."""

from concurrent.futures import ProcessPoolExecutor


class JobError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def work(number):
    raise JobError(number, "failed")


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(executor.submit(work, 1).result())
