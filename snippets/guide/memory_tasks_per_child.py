"""What tasks leave behind in a worker, and how to be rid of it."""

import multiprocessing

left_behind = []


def work(number):
    left_behind.append(bytes(1000))
    return len(left_behind)


def run(tasks_per_child):
    with multiprocessing.Pool(
        1, maxtasksperchild=tasks_per_child
    ) as pool:
        return pool.map(work, range(6), chunksize=1)


if __name__ == "__main__":
    print("without limit:", run(None))
    print("two tasks each:", run(2))
