"""multiprocessing itself logs to stderr."""

import logging
import multiprocessing


def work():
    multiprocessing.get_logger().info("half done")


if __name__ == "__main__":
    multiprocessing.log_to_stderr(logging.INFO)
    process = multiprocessing.Process(target=work, name="child")
    process.start()
    process.join()
