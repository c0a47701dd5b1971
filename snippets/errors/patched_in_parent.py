"""A test patches a function in the parent; the child calls it."""

import multiprocessing
import platform
from unittest import mock


def show():
    print(f"child: {platform.node() == 'a name for the test'}")


if __name__ == "__main__":
    with mock.patch("platform.node", lambda: "a name for the test"):
        process = multiprocessing.Process(target=show)
        process.start()
        process.join()
