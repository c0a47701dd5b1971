"""Logging is set up at import; the child sets it up again."""

import logging
import multiprocessing

logging.basicConfig(
    filename="app.log",
    filemode="w",
    level=logging.INFO,
    format="%(processName)s: %(message)s",
)


def work():
    logging.info("half done")


if __name__ == "__main__":
    logging.info("starting")
    process = multiprocessing.Process(target=work, name="child")
    process.start()
    process.join()
    with open("app.log") as file:
        print(file.read(), end="")
