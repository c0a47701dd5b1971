"""What is needed later is copied while the manager runs."""

import multiprocessing

if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict(tea=3)
        prices = shared.copy()
    print(prices["tea"])
