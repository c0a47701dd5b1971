"""Each worker gets the lock once, when it starts."""

import multiprocessing


def keep_lock(shared_lock):
    global lock
    lock = shared_lock


def work(number):
    with lock:
        return number * 2


if __name__ == "__main__":
    with multiprocessing.Pool(
        processes=2,
        initializer=keep_lock,
        initargs=(multiprocessing.Lock(),),
    ) as pool:
        print(pool.map(work, [1, 2]))
