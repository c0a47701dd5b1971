"""Each child of the fork server imports the module."""

import multiprocessing


def work():
    import announced

    announced.hello()


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    for _ in range(2):
        process = context.Process(target=work)
        process.start()
        process.join()
