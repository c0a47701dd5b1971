"""Barrier: nobody begins the second phase before all are there."""

import multiprocessing


def work(number, barrier, parts, totals):
    parts[number] = number * 100
    barrier.wait()
    totals[number] = sum(parts)  # all parts are written


if __name__ == "__main__":
    barrier = multiprocessing.Barrier(3)
    parts = multiprocessing.RawArray("i", 3)
    totals = multiprocessing.RawArray("i", 3)
    processes = [
        multiprocessing.Process(
            target=work, args=(number, barrier, parts, totals)
        )
        for number in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("totals:", list(totals))
