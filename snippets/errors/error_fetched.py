"""get() raises what the task raised."""

import multiprocessing


def work(number):
    return 1 / number


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        result = pool.apply_async(work, [0])
        print(result.get())
