"""The parent hears of a chunk when all of it is done."""

import multiprocessing


def share(value):
    global tasks
    tasks = value


def work(number):
    with tasks.get_lock():
        tasks.value += 1


if __name__ == "__main__":
    tasks = multiprocessing.Value("i", 0)
    with multiprocessing.Pool(1, share, [tasks]) as pool:
        results = pool.imap_unordered(work, range(40), chunksize=20)
        next(results)
        print("1 result, 20 tasks or more done:", tasks.value >= 20)
        for _ in range(20):
            next(results)
        print("21 results, all tasks done:", tasks.value == 40)
