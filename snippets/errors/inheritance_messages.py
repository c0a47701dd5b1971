"""What a pool says to each of the shared objects."""

import multiprocessing


def work(shared):
    pass


if __name__ == "__main__":
    kinds = {
        "Lock": multiprocessing.Lock(),
        "RLock": multiprocessing.RLock(),
        "Semaphore": multiprocessing.Semaphore(),
        "Condition": multiprocessing.Condition(),
        "Event": multiprocessing.Event(),
        "Value": multiprocessing.Value("i", 0),
        "Array": multiprocessing.Array("i", 3),
        "Queue": multiprocessing.Queue(),
        "SimpleQueue": multiprocessing.SimpleQueue(),
        "JoinableQueue": multiprocessing.JoinableQueue(),
    }
    with multiprocessing.Pool(processes=2) as pool:
        for kind, shared in kinds.items():
            try:
                pool.map(work, [shared])
            except RuntimeError as error:
                print(f"{kind}: {error}")
