"""One Ctrl-C interrupts the parent and its child."""

import multiprocessing
import time


def work(begun):
    try:
        begun.set()
        while True:
            time.sleep(0.1)
    except KeyboardInterrupt:
        print("child: KeyboardInterrupt")


if __name__ == "__main__":
    begun = multiprocessing.Event()
    child = multiprocessing.Process(target=work, args=(begun,))
    child.start()
    try:
        begun.wait()
        print("ready")
        while True:
            time.sleep(0.1)
    except KeyboardInterrupt:
        child.join()
        print("parent: KeyboardInterrupt")
