"""A lock after its holder has ended: by an exit, then killed."""

import multiprocessing
import sys
import time


def hold(lock, holds_it, how):
    with lock:
        holds_it.set()
        if how == "exits":
            sys.exit()
        time.sleep(60)


if __name__ == "__main__":
    for how in ("exits", "is killed"):
        lock = multiprocessing.Lock()
        holds_it = multiprocessing.Event()
        process = multiprocessing.Process(
            target=hold, args=(lock, holds_it, how)
        )
        process.start()
        holds_it.wait()
        if how == "is killed":
            process.kill()
        process.join()
        free = lock.acquire(timeout=0.5)
        print(f"the holder {how}: lock is free: {free}")
