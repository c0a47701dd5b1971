"""The main program overrules whoever was there before."""

import multiprocessing

if __name__ == "__main__":
    queue = multiprocessing.Queue()
    multiprocessing.set_start_method("spawn", force=True)
    print(multiprocessing.get_start_method())
