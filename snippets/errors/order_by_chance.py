"""Each process prints when it gets to it."""

import multiprocessing


def show(number):
    print("number", number)


if __name__ == "__main__":
    processes = [
        multiprocessing.Process(target=show, args=(number,))
        for number in range(1, 5)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
