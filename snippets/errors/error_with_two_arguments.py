"""An exception that pickles, but does not unpickle."""

import multiprocessing


class JobError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def work(number):
    raise JobError(number, "failed")


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(work, [1]))
