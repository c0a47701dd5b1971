"""Takes the list out, changes it, and puts it back."""

import multiprocessing


def work(shared):
    items = shared["list"]
    items.append(1)
    shared["list"] = items


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict(list=[])
        process = multiprocessing.Process(
            target=work, args=(shared,)
        )
        process.start()
        process.join()
        print(shared)
