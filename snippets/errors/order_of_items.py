"""The workers return values, and the parent prints them."""

import multiprocessing
import time


def show(number):
    time.sleep(0.4 / number)  # the first takes longest
    return f"number {number}"


if __name__ == "__main__":
    with multiprocessing.Pool(processes=4) as pool:
        for line in pool.imap(show, range(1, 5)):
            print(line)
