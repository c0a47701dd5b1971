"""Inverts numbers in the workers of a pool."""

import multiprocessing


def invert(number):
    if number == 0:
        return None
    return 1 / number


def invert_all(numbers):
    with multiprocessing.Pool(2) as pool:
        results = pool.map_async(invert, numbers).get(timeout=20)
        pool.close()
        pool.join()
    return results


if __name__ == "__main__":
    print(invert_all([4, 2, 0]))
