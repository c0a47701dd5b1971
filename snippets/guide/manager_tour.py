"""What a manager makes, used by two processes and by the parent."""

import multiprocessing


def work(number, board, results, settings, queue, ready, lock):
    ready.wait()
    with lock:
        board[number] = number * settings.factor
        results.append(number)
    queue.put(f"worker {number} is done")


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        board = manager.dict()
        results = manager.list()
        settings = manager.Namespace(factor=1)
        queue = manager.Queue()
        ready = manager.Event()
        lock = manager.Lock()
        shared = (board, results, settings, queue, ready, lock)
        with multiprocessing.Pool(2) as pool:
            tasks = [(number, *shared) for number in (1, 2)]
            pending = pool.starmap_async(work, tasks)
            settings.factor = 10
            ready.set()
            pending.get()
        print(sorted(board.items()))
        print(sorted(results))
        print(sorted([queue.get(), queue.get()]))
