"""Calls the function, and hands over what it returned: None."""

import multiprocessing


def work():
    print("running in", multiprocessing.current_process().name)


if __name__ == "__main__":
    process = multiprocessing.Process(target=work())
    process.start()
    process.join()
    print("exit code:", process.exitcode)
