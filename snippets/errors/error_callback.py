"""Has every error reported, without waiting for each result."""

import multiprocessing


def work(number):
    return 1 / number


def report(error):
    print(f"a task failed: {error!r}")


if __name__ == "__main__":
    pool = multiprocessing.Pool(1)
    for number in (1, 0):
        pool.apply_async(work, [number], error_callback=report)
    pool.close()
    pool.join()
    print("end of the program")
