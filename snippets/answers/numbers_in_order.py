"""Four processes each send a number; the parent prints them."""

import multiprocessing


def send_number(number, queue):
    queue.put(number)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    processes = []

    for i in range(1, 5):
        process = multiprocessing.Process(
            target=send_number, args=(i, queue)
        )
        processes.append(process)
        process.start()

    numbers = [queue.get() for process in processes]
    for process in processes:
        process.join()

    for number in sorted(numbers):
        print(f"Number from process: {number}")
