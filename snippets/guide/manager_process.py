"""Where a manager's dictionary lives, and for how long."""

import multiprocessing
import os

if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict(a=1)
        print("a proxy:", type(shared).__name__)
        copy = shared.copy()
        print("a copy:", type(copy).__name__, copy)
        (server,) = multiprocessing.active_children()
        print("another process:", server.pid != os.getpid())
    print("ended with the block:", not server.is_alive())
    try:
        shared["a"]
    except OSError:
        print("the proxy has nobody to ask")
