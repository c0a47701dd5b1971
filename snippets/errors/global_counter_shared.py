"""A Value is one number that all the processes share."""

import multiprocessing


def count(counter):
    with counter.get_lock():
        counter.value += 1


if __name__ == "__main__":
    counter = multiprocessing.Value("i", 0)
    processes = [
        multiprocessing.Process(target=count, args=(counter,))
        for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(f"processes counted: {counter.value}")
