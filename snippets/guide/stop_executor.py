"""After Ctrl-C a running task finishes; the others are dropped."""

import multiprocessing
import signal
import time
from concurrent.futures import ProcessPoolExecutor


def set_up(event):
    global begun
    begun = event
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work(number):
    begun.set()
    time.sleep(0.2)
    return number


if __name__ == "__main__":
    begun = multiprocessing.Event()
    with ProcessPoolExecutor(1, None, set_up, [begun]) as executor:
        tasks = [executor.submit(work, n) for n in range(1000)]
        try:
            begun.wait()
            print("working")
            tasks[-1].result()
        except KeyboardInterrupt:
            executor.shutdown(cancel_futures=True)
    print("the task that ran:", tasks[0].result())
    print("the last, cancelled:", tasks[-1].cancelled())
