"""The pool is terminated while a worker sends a record."""

import logging
import logging.handlers
import multiprocessing
import time


def send_records(queue):
    root = logging.getLogger()
    root.handlers = [logging.handlers.QueueHandler(queue)]
    root.setLevel(logging.INFO)


def work():
    logging.info("a long answer: %s", "x" * 1_000_000)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    written = logging.FileHandler("app.log")
    listener = logging.handlers.QueueListener(queue, written)
    with multiprocessing.Pool(1, send_records, [queue]) as pool:
        pool.apply(work)
        while queue.empty():
            time.sleep(0.01)
    listener.start()
    print("The task is done; waiting for its records")
    listener.stop()
    print("All records are written.")
