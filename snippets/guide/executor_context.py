"""An executor with another start method than the default."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def method(task):
    return multiprocessing.get_start_method()


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        print("the worker's:", executor.submit(method, 1).result())
