"""The pool is terminated while a worker sends its records."""

import logging
import logging.handlers
import multiprocessing


def send_records(queue):
    root = logging.getLogger()
    root.handlers = [logging.handlers.QueueHandler(queue)]
    root.setLevel(logging.INFO)


def work():
    for number in range(1000):
        logging.info("item %d", number)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    written = logging.FileHandler("app.log")
    listener = logging.handlers.QueueListener(queue, written)
    with multiprocessing.Pool(1, send_records, [queue]) as pool:
        pool.apply(work)
    listener.start()
    print("The task is done; waiting for its records")
    listener.stop()
    print("All records are written.")
