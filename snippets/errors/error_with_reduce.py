"""__reduce__ says how to make the exception again."""

import multiprocessing


class JobError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code

    def __reduce__(self):
        return type(self), (self.code, *self.args)


def work(number):
    raise JobError(number, "failed")


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        try:
            pool.map(work, [1])
        except JobError as error:
            print(f"{error} ({error.code=})")
