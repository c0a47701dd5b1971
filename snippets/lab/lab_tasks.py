"""The tasks that the lab's notebooks give to their workers."""

import time


def nothing(item):
    pass


def echo(item):
    return item


def square(number):
    return number * number


def compute(size):
    """Keeps a core busy."""
    return sum(number * number for number in range(size))


def wait(seconds):
    """Needs no core, and about the same time on any machine."""
    time.sleep(seconds)
