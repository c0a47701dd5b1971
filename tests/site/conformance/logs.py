"""multiprocessing's own logger, and logging from several processes."""

import logging
import logging.handlers
import multiprocessing
import re
import sys


class Elided(logging.Formatter):
    """Process ids differ from run to run."""

    def format(self, record):
        return re.sub(r"\b\d{2,}\b|/\S+", "N", super().format(record))


def nothing():
    logging.getLogger("child").warning("through the queue")
    multiprocessing.get_logger().warning("a warning of %s", multiprocessing.current_process().name)


def logs_to(records):
    logging.getLogger().addHandler(logging.handlers.QueueHandler(records))
    nothing()
    logging.getLogger().handlers.clear()


def main():
    logger = multiprocessing.get_logger()
    print(logger.name, logger.level, logger.handlers)
    logger = multiprocessing.log_to_stderr()
    print(
        logging.getLevelName(logger.level),
        len(logger.handlers),
        logger.handlers[0].formatter._fmt,
        logger is multiprocessing.get_logger(),
    )
    logger.handlers[0].setFormatter(Elided("[%(levelname)s/%(processName)s] %(message)s"))
    logger.setLevel(logging.INFO)
    logger.warning("a warning")
    child = multiprocessing.Process(target=nothing)
    child.start()
    child.join()
    logger.setLevel(logging.WARNING)
    records = multiprocessing.Queue()
    listener = logging.handlers.QueueListener(records, logging.StreamHandler(sys.stdout))
    listener.start()
    child = multiprocessing.Process(target=logs_to, args=(records,))
    child.start()
    child.join()
    listener.stop()
    print(child.exitcode)


if __name__ == "__main__":
    main()
