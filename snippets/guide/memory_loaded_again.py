"""Which processes load the data that a module builds."""

import multiprocessing

print("loading in", __name__)
data = list(range(1000))


def work():
    sum(data)


if __name__ == "__main__":
    processes = [
        multiprocessing.Process(target=work) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
