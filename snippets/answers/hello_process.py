"""Starts one process and waits for it."""

import multiprocessing

def print_hello():
    print("Hello from a process!")

if __name__ == "__main__":
    process = multiprocessing.Process(target=print_hello)
    process.start()
    process.join()
