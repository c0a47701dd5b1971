"""Counts the processes that one worker's place has had."""

import multiprocessing


def where(task):
    return multiprocessing.current_process().name


def processes(chunksize):
    with multiprocessing.Pool(1, maxtasksperchild=2) as pool:
        return len(set(pool.map(where, range(6), chunksize)))


if __name__ == "__main__":
    print("6 tasks, 6 chunks, processes:", processes(chunksize=1))
    print("6 tasks, 2 chunks, processes:", processes(chunksize=3))
