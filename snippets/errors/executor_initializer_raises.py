"""An executor whose workers fail at the start gives up."""

from concurrent.futures import ProcessPoolExecutor


def set_up():
    raise RuntimeError("no configuration")


def work(number):
    return number


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=set_up) as executor:
        print(executor.submit(work, 1).result())
