"""The fork server imports the module, for all its children."""

import multiprocessing


def work():
    import announced

    announced.hello()


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "announced"])
    for _ in range(2):
        process = context.Process(target=work)
        process.start()
        process.join()
