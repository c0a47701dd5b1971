"""Hands over the function itself; the new process calls it."""

import multiprocessing


def work():
    print("running in", multiprocessing.current_process().name)


if __name__ == "__main__":
    process = multiprocessing.Process(target=work)
    process.start()
    process.join()
    print("exit code:", process.exitcode)
