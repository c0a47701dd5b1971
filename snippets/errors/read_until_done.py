"""Each producer says when it is done; then the parent joins."""

import multiprocessing

DONE = None


def produce(queue, count):
    for number in range(count):
        queue.put(f"item {number} " * 1000)
    queue.put(DONE)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=produce, args=(queue, count))
        for count in (20, 30)
    ]
    for process in processes:
        process.start()
    items = []
    running = len(processes)
    while running:
        item = queue.get()
        if item is DONE:
            running -= 1
        else:
            items.append(item)
    for process in processes:
        process.join()
    print(f"got {len(items)} items")
