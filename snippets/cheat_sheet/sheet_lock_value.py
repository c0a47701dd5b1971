"""A lock, and a number that all change."""

from multiprocessing import Lock, Process
from multiprocessing import Value


def work(lock, count):
    with lock:
        print("one at a time")
    with count.get_lock():
        count.value += 1


if __name__ == "__main__":
    count = Value("i", 0)
    args = (Lock(), count)
    children = [
        Process(target=work, args=args)
        for _ in range(2)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print(count.value)
