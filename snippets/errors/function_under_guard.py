"""The function is defined below the guard."""

import multiprocessing

if __name__ == "__main__":

    def square(number):
        print(number * number)

    process = multiprocessing.Process(target=square, args=(3,))
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
