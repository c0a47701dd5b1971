"""Workers send their records to the parent, which writes them."""

import logging
import logging.handlers
import multiprocessing


def set_up(queue):
    root = logging.getLogger()
    root.handlers = [logging.handlers.QueueHandler(queue)]
    root.setLevel(logging.INFO)


def work(number):
    logging.getLogger("work").info("item %d is done", number)
    return number


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    queue = multiprocessing.Queue()
    listener = logging.handlers.QueueListener(
        queue, *logging.getLogger().handlers
    )
    listener.start()
    pool = multiprocessing.Pool(
        2, initializer=set_up, initargs=[queue]
    )
    print(pool.map(work, range(3)))
    pool.close()
    pool.join()
    listener.stop()
    print("end")
