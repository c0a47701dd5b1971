"""An exception ends the child; its parent carries on."""

import multiprocessing


def divide(number):
    return 1 / number


if __name__ == "__main__":
    process = multiprocessing.Process(target=divide, args=(0,))
    process.start()
    process.join()
    print("The parent carries on. Exit code:", process.exitcode)
