"""A list of plain values: as many as at first, none much longer."""

from multiprocessing import Process
from multiprocessing.managers import SharedMemoryManager


def work(shared):
    shared[0] += 1
    shared[1] = "done"


if __name__ == "__main__":
    with SharedMemoryManager() as manager:
        values = [41, "waiting", 2.5, b"\0end\0\0"]
        shared = manager.ShareableList(values)
        process = Process(target=work, args=(shared,))
        process.start()
        process.join()
        print(list(shared))
        try:
            shared[1] = "waiting for the next one"
        except ValueError as error:
            print(f"ValueError: {error}")
        print("append:", hasattr(shared, "append"))
