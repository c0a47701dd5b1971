"""What a child sees of its parent, by start method."""

import multiprocessing
import os
import threading

setting = "as in the file"


def look(fd, inode):
    try:
        same_file = os.fstat(fd).st_ino == inode
    except OSError:
        same_file = False
    return {
        "setting of the parent": setting == "changed",
        "environment of now": "CHANGED" in os.environ,
        "file of the parent": same_file,
        "threads": threading.active_count(),
    }


def ask(context, *arguments):
    with context.Pool(processes=1) as pool:
        return pool.apply(look, arguments)


if __name__ == "__main__":
    forkserver = multiprocessing.get_context("forkserver")
    ask(forkserver, 0, 0)  # starts the server too
    setting = "changed"
    os.environ["CHANGED"] = "yes"
    finish = threading.Event()
    thread = threading.Thread(target=finish.wait)
    thread.start()
    with open(__file__, encoding="utf-8") as file:
        fd = file.fileno()
        inode = os.fstat(fd).st_ino
        copied = ask(multiprocessing.get_context("fork"), fd, inode)
        fresh = ask(multiprocessing.get_context("spawn"), fd, inode)
        served = ask(forkserver, fd, inode)
    finish.set()
    print(f"{'':22}{'fork':7}{'spawn':7}forkserver")
    for what in copied:
        print(f"{what:22}{copied[what]!s:7}", end="")
        print(f"{fresh[what]!s:7}{served[what]}")
