"""What multiprocessing says to arguments that it refuses."""

import multiprocessing


REFUSALS = (
    AssertionError,
    NotImplementedError,
    TypeError,
    ValueError,
)


def show(call, *arguments):
    try:
        call(*arguments)
    except REFUSALS as error:
        print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    show(multiprocessing.Pool, 0)
    show(multiprocessing.get_context, "fork-server")
    show(multiprocessing.Lock().release)
    show(multiprocessing.RLock().release)
    numbers = multiprocessing.Queue()
    numbers.close()
    show(numbers.put, 1)
    with multiprocessing.Pool(1) as pool:
        show(pool.apply, print, (pool,))
        show(list, pool.map_async(abs, [-1]))
        show(pool.map, abs, 3)
