"""The parent sets level and format; a child logs twice."""

import logging
import multiprocessing


def work():
    logging.getLogger("work").info("half done")
    logging.getLogger("work").warning("disk nearly full")


if __name__ == "__main__":
    logging.basicConfig(
        level=logging.INFO, format="%(processName)s: %(message)s"
    )
    process = multiprocessing.Process(target=work, name="child")
    process.start()
    process.join()
