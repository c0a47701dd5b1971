"""ProcessPoolExecutor: its methods, its futures, and how it ends or breaks."""

import multiprocessing
import os
import time
from concurrent import futures
from concurrent.futures import ProcessPoolExecutor

word = None


def square(x):
    return x * x


def fails(x):
    raise ValueError(f"no {x}")


def pid(_):
    return os.getpid()


def sleeps(seconds):
    time.sleep(seconds)
    return seconds


def set_word(new):
    global word
    word = new


def get_word():
    return word


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def main():
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(square, range(6))), list(executor.map(square, range(6), chunksize=4)))
        print(list(executor.map(pow, [2, 3], [3, 2])), caught(lambda: list(executor.map(fails, [1, 2]))))
        future = executor.submit(pow, 2, exp=5)
        print(future.result(), future.done(), future.running(), future.cancelled(), future.exception(), future.cancel())
        bad = executor.submit(fails, 3)
        print(caught(bad.result), repr(bad.exception()))
        print(sorted(one.result() for one in futures.as_completed([executor.submit(square, x) for x in range(5)])))
        print(sorted(one.result() for one in futures.as_completed([executor.submit(sleeps, x) for x in (0.1, 0)])))
        done, pending = futures.wait(
            [executor.submit(sleeps, x) for x in (0.1, 0)], return_when=futures.FIRST_COMPLETED
        )
        print(len(done) > 0, len(done) + len(pending))
        done, pending = futures.wait(
            [executor.submit(fails, 1), executor.submit(sleeps, 0.1)], return_when="FIRST_EXCEPTION"
        )
        print(len(done) > 0, len(done) + len(pending))
        print(caught(lambda: executor.submit(sleeps, 0.5).result(timeout=0.01)))
        heard = []
        future = executor.submit(square, 9)
        future.add_done_callback(lambda future: heard.append(future.result()))
        futures.wait([future])
        time.sleep(0.05)
        print(heard)
        print(caught(lambda: list(executor.map(sleeps, [0.5], timeout=0.01))))
    print(caught(lambda: executor.submit(square, 1)))

    executor = ProcessPoolExecutor(1)
    many = [executor.submit(sleeps, 0.2) for _ in range(20)]
    executor.shutdown(wait=True, cancel_futures=True)
    print(many[0].result(), many[-1].cancelled(), caught(many[-1].result))
    executor = ProcessPoolExecutor(1)
    last = executor.submit(sleeps, 0.2)
    executor.shutdown(wait=False)
    print(last.result())

    with ProcessPoolExecutor(1, initializer=set_word, initargs=("set",)) as executor:
        print(executor.submit(get_word).result())
    with ProcessPoolExecutor(1, initializer=fails, initargs=("start",)) as executor:
        print(caught(executor.submit(get_word).result))
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as executor:
        print(len(set(executor.map(pid, range(3)))))
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        print(executor.submit(square, 3).result())

    with ProcessPoolExecutor(2) as executor:
        print(caught(executor.submit(os._exit, 1).result))
        print(caught(lambda: executor.submit(square, 1).result())[0])
    with ProcessPoolExecutor(1) as executor:
        print(caught(executor.submit(lambda: 1).result)[0])
    print(caught(lambda: ProcessPoolExecutor(0)), multiprocessing.active_children())


if __name__ == "__main__":
    main()
