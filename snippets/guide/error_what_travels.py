"""Which parts of an exception come back from a worker."""

import multiprocessing


class JobError(Exception):
    """Any exception with a plain constructor."""


def work(number):
    error = JobError("failed", number)
    error.machine = "m1"
    error.add_note("try again later")
    try:
        return 1 / number
    except ZeroDivisionError as cause:
        raise error from cause


if __name__ == "__main__":
    with multiprocessing.Pool(processes=1) as pool:
        try:
            pool.map(work, [0])
        except JobError as caught:
            error = caught
    print("type:", type(error).__name__)
    print("args:", error.args)
    print("attribute:", error.machine)
    print("notes:", error.__notes__)
    print("cause:", type(error.__cause__).__name__)
    print("context:", error.__context__)
    text = str(error.__cause__)
    print("cause of the original:", "ZeroDivisionError" in text)
