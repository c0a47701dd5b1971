"""Each worker gets the list once, when it starts."""

import multiprocessing
import pickle
import time


def keep(data):
    global numbers
    numbers = data


def pick(index):
    return numbers[index]


def seconds(function, *args):
    start = time.perf_counter()
    function(*args)
    return time.perf_counter() - start


if __name__ == "__main__":
    data = list(range(1_000_000))
    with multiprocessing.Pool(
        processes=2, initializer=keep, initargs=(data,)
    ) as pool:
        pool.apply(pick, (3,))  # until a worker runs
        task = min(
            seconds(pool.apply, pick, (3,)) for _ in range(9)
        )
    pickling = seconds(pickle.dumps, data)
    print(f"a task:                {task:.4f} s")
    print(f"only pickle the list:  {pickling:.4f} s")
    if pickling > 10 * task:
        print("A task took less than a tenth of that.")
