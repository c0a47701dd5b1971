"""The order of items from one producer, and from two."""

import multiprocessing


def produce(name, queue):
    for number in range(1000):
        queue.put((name, number))


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=produce, args=(name, queue))
        for name in ("a", "b")
    ]
    for process in processes:
        process.start()
    items = [queue.get() for _ in range(2000)]
    for process in processes:
        process.join()

    for wanted in ("a", "b"):
        numbers = [item[1] for item in items if item[0] == wanted]
        print(wanted, "in order:", numbers == sorted(numbers))
