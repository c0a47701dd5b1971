"""A process made with daemon=True starts another one."""

import multiprocessing


def outer():
    process = multiprocessing.Process(target=print, args=("inner",))
    process.start()
    process.join()


if __name__ == "__main__":
    process = multiprocessing.Process(target=outer, daemon=True)
    process.start()
    process.join()
    print(f"exit code: {process.exitcode}")
