"""One process: start, wait, exit code."""

from multiprocessing import Process


def work(name):
    print("hello from", name)


if __name__ == "__main__":
    child = Process(target=work, args=("a",))
    child.start()
    child.join(timeout=20)
    print("exit code", child.exitcode)
