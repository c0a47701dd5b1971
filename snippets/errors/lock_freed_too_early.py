"""The same with a lock, one start method after the other."""

from multiprocessing import get_context


def work(lock):
    with lock:
        print("got the lock")


def launch(context):
    lock = context.Lock()
    process = context.Process(target=work, args=(lock,))
    process.start()
    return process


if __name__ == "__main__":
    for context in (
        get_context("fork"),
        get_context("spawn"),
        get_context("forkserver"),
    ):
        process = launch(context)
        process.join()
        method = context.get_start_method()
        print(f"{method}: exit code {process.exitcode}")
