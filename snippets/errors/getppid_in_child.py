"""Who is the child's parent process?"""

import multiprocessing
import os


def show(pid):
    parent = multiprocessing.parent_process()
    print(f"os.getppid(): {os.getppid() == pid}")
    print(f"parent_process().pid: {parent.pid == pid}")


if __name__ == "__main__":
    pid = os.getpid()
    process = multiprocessing.Process(target=show, args=(pid,))
    process.start()
    process.join()
