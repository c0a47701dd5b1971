"""A daemon child waits for the end of its parent."""

import multiprocessing


def work():
    print("child: ready")
    multiprocessing.parent_process().join()
    print("child: my parent is gone")


if __name__ == "__main__":
    child = multiprocessing.Process(target=work, daemon=True)
    child.start()
    child.join()
