"""A pool, an executor and a process with a method of their own."""

import concurrent.futures
import multiprocessing


def method():
    return multiprocessing.get_start_method()


def show():
    print("process: ", method())


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        print("pool:    ", pool.apply(method))
    with concurrent.futures.ProcessPoolExecutor(
        max_workers=1, mp_context=context
    ) as executor:
        print("executor:", executor.submit(method).result())
    process = context.Process(target=show)
    process.start()
    process.join()
