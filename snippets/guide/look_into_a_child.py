"""The parent has a running child write down its stack (3.14)."""

import multiprocessing
import os
import sys

SCRIPT = """
import traceback
with open("stack.txt", "w") as file:
    traceback.print_stack(file=file)
"""


def count(begun):
    begun.set()
    number = 0
    while not os.path.exists("stack.txt"):
        number += 1


if __name__ == "__main__":
    with open("look.py", "w") as file:
        file.write(SCRIPT)
    begun = multiprocessing.Event()
    child = multiprocessing.Process(target=count, args=(begun,))
    child.start()
    begun.wait()
    sys.remote_exec(child.pid, os.path.abspath("look.py"))
    child.join()
    with open("stack.txt") as file:
        print(file.read(), end="")
