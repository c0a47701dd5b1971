"""Workers end after some tasks, and others take their place."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor


def where(task):
    return os.getpid()


if __name__ == "__main__":
    tasks = int(sys.argv[1])
    with ProcessPoolExecutor(
        max_workers=1, max_tasks_per_child=tasks
    ) as executor:
        pids = set(executor.map(where, range(4)))
    print("processes:", len(pids))
