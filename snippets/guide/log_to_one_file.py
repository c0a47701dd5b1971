"""All workers log through one queue into one file."""

import logging
import logging.handlers
import multiprocessing


def send_records(queue, level):
    root = logging.getLogger()
    root.handlers = [logging.handlers.QueueHandler(queue)]
    root.setLevel(level)


def invert(number):
    log = logging.getLogger("invert")
    log.debug("got %d", number)
    try:
        log.info("1 / %d is %.2f", number, 1 / number)
    except ZeroDivisionError as error:
        log.error("%s", error)


if __name__ == "__main__":
    logging.basicConfig(
        filename="app.log",
        level=logging.INFO,
        format="%(processName)s %(levelname)s %(message)s",
    )
    queue = multiprocessing.Queue()
    listener = logging.handlers.QueueListener(
        queue, *logging.getLogger().handlers
    )
    set_up = send_records, (queue, logging.INFO)
    with multiprocessing.Pool(2, *set_up) as pool:
        listener.start()
        pool.map(invert, [4, 2, 0])
        pool.close()
        pool.join()
        listener.stop()
    logging.info("all done")
    with open("app.log") as file:
        print(file.read(), end="")
