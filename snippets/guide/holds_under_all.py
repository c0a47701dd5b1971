"""Gives each worker what it needs, so any start method will do."""

import logging
import multiprocessing


def set_up(level, the_rates):
    global rates
    logging.basicConfig(level=level, format="%(message)s")
    rates = the_rates


def convert(amount):
    logging.info("converting")
    return amount * rates["EUR"]


if __name__ == "__main__":
    rates = {"EUR": 2}
    arguments = (logging.INFO, rates)
    with multiprocessing.Pool(2, set_up, arguments) as pool:
        print(pool.map(convert, [10, 20, 30]))
