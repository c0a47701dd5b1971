"""The function is defined above the guard."""

import multiprocessing


def square(number):
    print(number * number)


if __name__ == "__main__":
    process = multiprocessing.Process(target=square, args=(3,))
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
