"""An application in a zip file, with its worker function here."""

from concurrent.futures import ProcessPoolExecutor


def square(number):
    return number * number


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        print(list(executor.map(square, [1, 2, 3])))
