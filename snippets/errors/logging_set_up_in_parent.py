"""The parent sets up logging; the child logs."""

import logging
import multiprocessing


def work():
    logging.getLogger("work").info("half done")
    print("The child has logged.")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    process = multiprocessing.Process(target=work)
    process.start()
    process.join()
