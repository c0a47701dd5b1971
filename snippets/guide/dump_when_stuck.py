"""A worker that is stuck prints where it is."""

import faulthandler
import multiprocessing


def work(lock):
    faulthandler.dump_traceback_later(0.3, exit=True)
    with lock:
        print("child: got the lock")
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    lock = multiprocessing.Lock()
    with lock:
        child = multiprocessing.Process(target=work, args=(lock,))
        child.start()
        child.join()
    print("exit code:", child.exitcode)
