"""Joins each process before it starts the next one."""

import multiprocessing


def print_number(number):
    print(f"Number from process: {number}")


if __name__ == "__main__":
    most = 0
    for i in range(1, 5):
        process = multiprocessing.Process(
            target=print_number, args=(i,)
        )
        process.start()
        alive = len(multiprocessing.active_children())
        most = max(most, alive)
        process.join()
    print("more than one at a time:", most > 1)
