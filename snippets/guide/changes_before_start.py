"""Which changes of the parent does a child see?"""

import multiprocessing
import os
import sys

setting = "as in the file"


def show(folder):
    print("sys.argv:       ", "changed" in sys.argv)
    print("sys.path:       ", "changed" in sys.path)
    print("current folder: ", os.getcwd() == folder)
    print("os.environ:     ", "CHANGED" in os.environ)
    print("global variable:", setting == "changed")
    print("recursion limit:", sys.getrecursionlimit() == 5000)
    print("imported module:", "colorsys" in sys.modules)


if __name__ == "__main__":
    sys.argv.append("changed")
    sys.path.append("changed")
    os.chdir("..")
    os.environ["CHANGED"] = "yes"
    setting = "changed"
    sys.setrecursionlimit(5000)
    import colorsys  # noqa: F401

    folder = os.getcwd()
    process = multiprocessing.Process(target=show, args=(folder,))
    process.start()
    process.join()
