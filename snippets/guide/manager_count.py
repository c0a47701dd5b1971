"""Each operation is safe; two in a row need a lock."""

import multiprocessing

TIMES = 200


def count(votes, lock):
    for _ in range(TIMES):
        with lock:
            votes["yes"] += 1  # get, then set


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        votes = manager.dict(yes=0)
        lock = multiprocessing.Lock()
        args = (votes, lock)
        processes = [
            multiprocessing.Process(target=count, args=args)
            for _ in range(2)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        print(votes)
