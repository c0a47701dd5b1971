"""The exception in the parent, and the cause that comes with it."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def invert(number):
    return 1 / number


def report(function):
    try:
        function(invert, [0])
    except ZeroDivisionError as error:
        cause = error.__cause__
        print(f"{error!r} from {type(cause).__name__}")
        print(str(cause).splitlines()[-2])


def executor_map(*arguments):
    with ProcessPoolExecutor(max_workers=1) as executor:
        list(executor.map(*arguments))


if __name__ == "__main__":
    with multiprocessing.Pool(processes=1) as pool:
        report(pool.map)
    report(executor_map)
