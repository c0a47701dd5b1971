"""Event: wait until another process says that it is time."""

import multiprocessing


def work(go):
    go.wait()
    print("child: I go.")


if __name__ == "__main__":
    go = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(go,))
    process.start()
    print("parent: all is ready.")
    go.set()
    process.join()
