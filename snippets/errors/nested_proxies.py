"""The inner list is a shared one too."""

import multiprocessing


def work(shared):
    shared["list"].append(1)


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict(list=manager.list())
        process = multiprocessing.Process(
            target=work, args=(shared,)
        )
        process.start()
        process.join()
        print(shared["list"])
