"""The same with an executor."""

from concurrent.futures import ProcessPoolExecutor


def work(number):
    return 1 / number


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(work, 0)
    print("end of the program")
    print(f"the error was there: {future.exception()!r}")
