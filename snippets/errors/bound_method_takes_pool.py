"""A method of an object that holds a pool is given to the pool."""

import multiprocessing


class Squares:
    def __init__(self):
        self.pool = multiprocessing.Pool(2)

    def square(self, number):
        return number * number

    def run(self, numbers):
        return self.pool.map(self.square, numbers)


if __name__ == "__main__":
    squares = Squares()
    with squares.pool:
        print(squares.run([1, 2, 3]))
