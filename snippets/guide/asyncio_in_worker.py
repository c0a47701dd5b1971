"""Each task runs an event loop of its own, with many coroutines."""

import asyncio
from concurrent.futures import ProcessPoolExecutor


async def fetch(number):
    await asyncio.sleep(0.01)
    return 10 * number


async def fetch_all(numbers):
    return await asyncio.gather(*map(fetch, numbers))


def work(numbers):
    return asyncio.run(fetch_all(numbers))


if __name__ == "__main__":
    parts = [[1, 2, 3], [4, 5, 6]]
    with ProcessPoolExecutor(max_workers=2) as executor:
        for result in executor.map(work, parts):
            print(result)
