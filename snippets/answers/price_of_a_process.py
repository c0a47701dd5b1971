"""What a process costs before it does any work."""

import multiprocessing
import pickle
import time


def nothing():
    pass


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run_in_process():
    process = multiprocessing.Process(target=nothing)
    process.start()
    process.join()


if __name__ == "__main__":
    numbers = list(range(200_000))
    call = min(seconds(nothing) for _ in range(9))
    process = seconds(run_in_process)
    copy = seconds(lambda: pickle.loads(pickle.dumps(numbers)))
    print(f"call a function:            {call * 1000:.4f} ms")
    print(f"call it in a process:       {process * 1000:.4f} ms")
    print(f"pickle 200,000 numbers:     {copy * 1000:.4f} ms")
    if process > 100 * call and copy > 100 * call:
        print("Both cost more than 100 times as much as the call.")
