"""A full and an empty queue, and how long to wait for them."""

import multiprocessing
import queue

if __name__ == "__main__":
    items = multiprocessing.Queue(maxsize=1)
    items.put("first")
    try:
        items.put("second", timeout=0.1)
    except queue.Full as error:
        print("put:", repr(error))
    print("get:", items.get())
    try:
        items.get(timeout=0.1)
    except queue.Empty as error:
        print("get:", repr(error))
