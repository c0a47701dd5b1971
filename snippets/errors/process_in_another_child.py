"""A child asks about a process that its parent started."""

import multiprocessing


def work():
    pass


def watch(process):
    print(process.is_alive())


if __name__ == "__main__":
    worker = multiprocessing.Process(target=work)
    worker.start()
    worker.join()
    watcher = multiprocessing.Process(target=watch, args=(worker,))
    watcher.start()
    watcher.join()
    print("exit code:", watcher.exitcode)
