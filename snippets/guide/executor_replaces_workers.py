"""Workers end after some tasks, and others take their place."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor


def where(task):
    return multiprocessing.current_process().name


if __name__ == "__main__":
    tasks = int(sys.argv[1])
    with ProcessPoolExecutor(
        max_workers=1, max_tasks_per_child=tasks
    ) as executor:
        names = set(executor.map(where, range(4)))
    print("processes:", len(names))
