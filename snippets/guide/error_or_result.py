"""Gets the results of three tasks, and the error of the fourth."""

import multiprocessing


def invert(number):
    return 1 / number


if __name__ == "__main__":
    numbers = [1, 0, 2, 4]
    with multiprocessing.Pool(processes=2) as pool:
        results = pool.imap(invert, numbers)
        for number in numbers:
            try:
                print(number, "->", next(results))
            except ZeroDivisionError as error:
                print(number, "->", repr(error))
