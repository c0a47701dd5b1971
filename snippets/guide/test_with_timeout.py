"""The task does not end, but its test does."""

import multiprocessing
import time
import unittest


def work():
    time.sleep(3600)  # or waits for a lock that is never free


class TestWork(unittest.TestCase):
    def test_has_a_result(self):
        with multiprocessing.Pool(1) as pool:
            pool.apply_async(work).get(timeout=0.5)


if __name__ == "__main__":
    unittest.main()
