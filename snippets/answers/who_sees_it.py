"""A thread and a process each add a word to the same list."""

import multiprocessing
import threading

words = []


def add(word):
    words.append(word)


if __name__ == "__main__":
    for kind in (threading.Thread, multiprocessing.Process):
        worker = kind(target=add, args=(f"from a {kind.__name__}",))
        worker.start()
        worker.join()
        print(f"after the {kind.__name__}:", words)
