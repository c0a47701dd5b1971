"""Stops a child; does its finally block run?"""

import multiprocessing
import sys
import time


def work(begun):
    try:
        begun.set()
        time.sleep(60)
    finally:
        print("child: finally")


if __name__ == "__main__":
    begun = multiprocessing.Event()
    child = multiprocessing.Process(target=work, args=(begun,))
    child.start()
    begun.wait()
    if sys.argv[1] == "terminate":
        child.terminate()
    else:
        child.interrupt()
    child.join()
    print("exit code:", child.exitcode)
