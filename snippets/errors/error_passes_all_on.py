"""All arguments go to Exception, so that it can be made again."""

import multiprocessing


class JobError(Exception):
    def __init__(self, code, message):
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self):
        return f"{self.message} with code {self.code}"


def work(number):
    raise JobError(number, "failed")


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        try:
            pool.map(work, [1])
        except JobError as error:
            print(f"{error} ({error.code=})")
