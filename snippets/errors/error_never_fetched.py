"""The task fails, and nobody asks for its result."""

import multiprocessing


def work(number):
    return 1 / number


if __name__ == "__main__":
    pool = multiprocessing.Pool(1)
    result = pool.apply_async(work, [0])
    pool.close()
    pool.join()
    print("end of the program")
