"""What a wait with a limit says when its time is over."""

import multiprocessing
import queue
import threading
import time

ENDS = (
    queue.Empty, queue.Full, threading.BrokenBarrierError,
    multiprocessing.TimeoutError,
)


def show(call, *arguments):
    try:
        call(*arguments)
    except ENDS as error:
        kind = type(error)
        print(f"{kind.__module__}.{kind.__name__}")


if __name__ == "__main__":
    numbers = multiprocessing.Queue(maxsize=1)
    show(numbers.get, True, 0.1)
    numbers.put(1)
    show(numbers.put, 2, True, 0.1)
    show(multiprocessing.Barrier(2).wait, 0.1)
    with multiprocessing.Pool(1) as pool:
        task = pool.apply_async(time.sleep, (60,))
        show(task.get, 0.1)
    numbers.get()
