"""Workers write into one array, each task into its own place."""

import multiprocessing


def keep(shared):
    global results
    results = shared


def work(number):
    results[number] = number * 10


if __name__ == "__main__":
    results = multiprocessing.RawArray("q", 6)  # no lock
    with multiprocessing.Pool(
        2, initializer=keep, initargs=(results,)
    ) as pool:
        pool.map(work, range(6))
    print(list(results))
