"""Three tasks, each done four times by every executor."""

import asyncio
import concurrent.futures
import time


def nothing(number):
    pass


def compute(number):
    return sum(n * n for n in range(400_000 + number))


def wait(number):
    time.sleep(0.15)


async def wait_in_coroutines():
    await asyncio.gather(*[asyncio.sleep(0.15) for _ in range(4)])


def in_loop(task):
    return [task(number) for number in range(4)]


def in_executor(task, kind):
    with kind(max_workers=4) as executor:
        return list(executor.map(task, range(4)))


def milliseconds(way, *arguments):
    start = time.perf_counter()
    way(*arguments)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    tasks = [nothing, compute, wait]
    print("                nothing    compute       wait")
    for name in ("loop", "Thread", "Process", "Interpreter"):
        way = [in_loop]
        if name != "loop":
            kind = f"{name}PoolExecutor"
            if not hasattr(concurrent.futures, kind):
                continue  # interpreters come with Python 3.14
            way = [in_executor, getattr(concurrent.futures, kind)]
        times = [milliseconds(way[0], t, *way[1:]) for t in tasks]
        print(f"{name:11} {'{:8.1f} ms' * 3}".format(*times))
    coroutines = milliseconds(asyncio.run, wait_in_coroutines())
    print(f"asyncio {coroutines:34.1f} ms")
