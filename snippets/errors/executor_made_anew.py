"""Keeps what is done, and goes on with a new executor."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def work(number):
    if number == 2:
        os._exit(3)
    return number


def one_by_one(numbers):
    for number in numbers:
        with ProcessPoolExecutor(1) as executor:
            try:
                yield executor.submit(work, number).result()
            except BrokenProcessPool:
                print(f"item {number} ends its worker")


if __name__ == "__main__":
    numbers, done = [1, 2, 3], []
    try:
        with ProcessPoolExecutor(1) as executor:
            for result in executor.map(work, numbers):
                done.append(result)
    except BrokenProcessPool:
        done.extend(one_by_one(numbers[len(done) :]))
    print("done:", done)
