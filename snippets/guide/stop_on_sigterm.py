"""SIGTERM becomes SystemExit, so that finally runs."""

import multiprocessing
import signal
import sys
import time


def leave(number, frame):
    sys.exit(128 + number)


def work(begun):
    signal.signal(signal.SIGTERM, leave)
    try:
        begun.set()
        while True:
            time.sleep(0.1)
    finally:
        print("clean up")


if __name__ == "__main__":
    begun = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(begun,))
    process.start()
    begun.wait()
    process.terminate()
    process.join()
    print("exit code:", process.exitcode)
