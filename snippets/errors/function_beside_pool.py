"""The workers' function is outside the object that has the pool."""

import multiprocessing


def square(number):
    return number * number


class Squares:
    def __init__(self):
        self.pool = multiprocessing.Pool(2)

    def run(self, numbers):
        return self.pool.map(square, numbers)


if __name__ == "__main__":
    squares = Squares()
    with squares.pool:
        print(squares.run([1, 2, 3]))
