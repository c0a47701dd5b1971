"""A child turns SIGTERM into an exit that cleans up."""

import multiprocessing
import signal
import sys
import time


def leave(signum, frame):
    sys.exit(0)


def work(begun):
    signal.signal(signal.SIGTERM, leave)
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
    child.terminate()
    child.join()
    print("exit code:", child.exitcode)
