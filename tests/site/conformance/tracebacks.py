"""What an exception prints: in the parent, in a child, from a pool, from an executor."""

import concurrent.futures
import multiprocessing
import os
import traceback


class Unpicklable(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def fails(how="plain"):
    if how == "chained":
        try:
            {}["missing"]
        except KeyError as error:
            raise ValueError("not found") from error
    if how == "group":
        raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])
    return 1 / 0


def pickles_badly(_):
    raise Unpicklable(1, 2)


def unpicklable_result(_):
    return lambda: None


def raises(error):
    raise error


def parent(barrier):
    barrier.wait()


def main():
    for how in ("plain", "chained", "group"):
        child = multiprocessing.Process(target=fails, args=(how,))
        child.start()
        child.join()
        print(child.exitcode, flush=True)
    child = multiprocessing.Process(target=raises, args=(KeyboardInterrupt(),))
    child.start()
    child.join()
    print(child.exitcode, flush=True)
    with multiprocessing.Pool(1) as pool:
        for attempt in (
            lambda: pool.apply(fails),
            lambda: pool.map(fails, ["chained"]),
            lambda: pool.apply(unpicklable_result, (1,)),
            lambda: pool.apply(print, (lambda: None,)),
            lambda: list(pool.imap(fails, ["plain"])),
        ):
            try:
                attempt()
            except Exception:
                traceback.print_exc()
    with concurrent.futures.ProcessPoolExecutor(1) as executor:
        for attempt in (
            lambda: executor.submit(fails).result(),
            lambda: list(executor.map(fails, ["chained"])),
            lambda: executor.submit(lambda: 1).result(),
            lambda: executor.submit(unpicklable_result, 1).result(),
        ):
            try:
                attempt()
            except Exception:
                traceback.print_exc()
        try:
            executor.submit(os._exit, 3).result()
        except Exception:
            traceback.print_exc()
    try:
        multiprocessing.Process(target=lambda: None).start()
    except Exception:
        traceback.print_exc()
    with multiprocessing.Manager() as manager:
        words = manager.dict()
        try:
            words["missing"]
        except KeyError:
            traceback.print_exc()
    multiprocessing.Queue().put(1, timeout="soon")


if __name__ == "__main__":
    main()
