"""Workers take tasks from one queue until they find None."""

import multiprocessing


def work(tasks, results):
    for number in iter(tasks.get, None):
        results.put((number, number * number))


if __name__ == "__main__":
    tasks = multiprocessing.Queue()
    results = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=work, args=(tasks, results))
        for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    for number in range(6):
        tasks.put(number)
    for worker in workers:
        tasks.put(None)  # one for each worker

    squares = dict(results.get() for _ in range(6))
    for worker in workers:
        worker.join()
    print([squares[number] for number in range(6)])
