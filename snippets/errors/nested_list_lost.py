"""A worker changes a list inside a shared dictionary."""

import multiprocessing


def work(shared):
    shared["plain"] = 1
    shared["list"].append(1)
    shared["inner"]["key"] = 1


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict(plain=0, list=[], inner={})
        process = multiprocessing.Process(
            target=work, args=(shared,)
        )
        process.start()
        process.join()
        print(shared)
