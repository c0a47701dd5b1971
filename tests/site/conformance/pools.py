"""Pool: every method, callbacks, initializer, maxtasksperchild, and every way to end it."""

import functools
import multiprocessing
import os
import time

word = None


def square(x):
    return x * x


def fails(x):
    if x == 2:
        raise ValueError(f"no {x}")
    return x


def add(x, y=0):
    return x + y


def set_word(one, two):
    global word
    word = one + two


def get_word(_=None):
    return word


def pid(_):
    return os.getpid()


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


class Power:
    def __init__(self, exponent):
        self.exponent = exponent

    def __call__(self, x):
        return x**self.exponent

    def of(self, x):
        return x**self.exponent


def main():
    with multiprocessing.Pool(2) as pool:
        print(pool.apply(add, (1,), {"y": 2}), pool.apply(square, [3]))
        print(pool.map(square, range(10)), pool.map(square, range(10), chunksize=3), pool.map(square, []))
        print(pool.starmap(add, [(1, 2), (3, 4)]), pool.starmap(add, zip(range(3), range(3), strict=True), 2))
        print(list(pool.imap(square, range(5))), list(pool.imap(square, range(5), 2)))
        print(sorted(pool.imap_unordered(square, range(5))), sorted(pool.imap_unordered(square, range(5), chunksize=2)))
        print(
            pool.map(Power(3), range(4)),
            pool.map(Power(2).of, range(4)),
            pool.map(functools.partial(add, 10), range(3)),
        )

        result = pool.apply_async(square, (7,))
        print(result.get(), result.ready(), result.successful(), result.get(timeout=5))
        print(pool.map_async(square, range(4)).get(), pool.starmap_async(add, [(1, 2)]).get(30))
        late = pool.apply_async(time.sleep, (0.5,))
        print(late.ready(), caught(late.successful), caught(lambda: late.get(0.01)), late.wait(0.01))
        print(late.get())

        heard = []
        done = [
            pool.apply_async(square, (2,), callback=heard.append),
            pool.map_async(square, [1, 2], callback=heard.append),
            pool.apply_async(
                fails, (2,), callback=heard.append, error_callback=lambda error: heard.append(repr(error))
            ),
            pool.map_async(fails, [1, 2], error_callback=lambda error: heard.append(repr(error))),
            pool.starmap_async(add, [(1, 1)], callback=heard.append),
        ]
        for one in done:
            one.wait()
        print(sorted(map(str, heard)), [one.successful() for one in done])

        print(caught(lambda: pool.map(fails, range(5))), caught(lambda: pool.apply(fails, (2,))))
        answers = pool.imap(fails, range(4))
        print([caught(answers.__next__) for _ in range(5)])
        print(caught(lambda: list(pool.imap(square, range(3), chunksize=0))))
        timed = pool.imap(time.sleep, [0.5])
        print(caught(lambda: timed.next(timeout=0.01)), timed.next())

        def broken():
            yield 1
            raise RuntimeError("the iterable fails")

        print(caught(lambda: pool.map(square, broken())), caught(lambda: list(pool.imap(square, broken()))))
        print(len(set(pool.map(pid, range(50), chunksize=1)) - {os.getpid()}) in (1, 2))
    print(caught(lambda: pool.map(square, [1])))
    print(repr(pool).split(" ")[1:])

    with multiprocessing.Pool(2, set_word, ("in", "itialized")) as pool:
        print(pool.map(get_word, range(4)), get_word())
    with multiprocessing.Pool(1, maxtasksperchild=2) as pool:
        pids = pool.map(pid, range(6), chunksize=1)
        print([pids.count(one) for one in dict.fromkeys(pids)])
    pool = multiprocessing.Pool(2)
    last = pool.map_async(square, range(20))
    pool.close()
    print(caught(lambda: pool.apply(square, (1,))))
    pool.join()
    print(last.ready(), last.get()[-1])
    pool = multiprocessing.Pool(2)
    print(caught(pool.join))
    pool.map_async(time.sleep, [60, 60])
    pool.terminate()
    pool.join()
    print(caught(lambda: multiprocessing.Pool(0)), caught(lambda: multiprocessing.Pool(1, maxtasksperchild=0)))
    print(caught(lambda: multiprocessing.Pool(1, "no function")), multiprocessing.active_children())


if __name__ == "__main__":
    main()
