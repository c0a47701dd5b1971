"""The worker says through an event that it is done."""

import multiprocessing


def work(done):
    done.set()


def watch(done):
    done.wait()
    print("the worker is done")


if __name__ == "__main__":
    done = multiprocessing.Event()
    jobs = [
        multiprocessing.Process(target=work, args=(done,)),
        multiprocessing.Process(target=watch, args=(done,)),
    ]
    for process in jobs:
        process.start()
    for process in jobs:
        process.join()
