"""A dictionary is used after its manager has ended."""

import multiprocessing

if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        prices = manager.dict(tea=3)
        print(prices["tea"])
    print(prices["tea"])
