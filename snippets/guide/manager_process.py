"""Where a manager's dictionary lives, and for how long."""

import multiprocessing
import os

if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict(a=1)
        numbers = manager.list([1, 2, 3])
        print("proxies:", type(shared).__name__, end=", ")
        print(type(numbers).__name__)
        print("copies:", shared.copy(), numbers[:])
        (server,) = multiprocessing.active_children()
        print("another process:", server.pid != os.getpid())
    print("ended with the block:", not server.is_alive())
    try:
        shared["a"]
    except OSError:
        print("the proxy has nobody to ask")
