"""From Python 3.14 the executor reads only as far as it is told."""

from concurrent.futures import ProcessPoolExecutor

read = 0


def numbers():
    global read
    for number in range(10_000):
        read += 1
        yield number


def double(number):
    return 2 * number


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        results = executor.map(double, numbers(), buffersize=8)
        print("first result:", next(results))
        print("inputs read:", read)
