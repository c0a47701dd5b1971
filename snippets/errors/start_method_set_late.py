"""Sets the start method after a queue has been made."""

import multiprocessing

if __name__ == "__main__":
    queue = multiprocessing.Queue()
    multiprocessing.set_start_method("spawn")
