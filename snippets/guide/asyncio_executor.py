"""Coroutines wait for functions that run in other processes."""

import asyncio
import os
from concurrent.futures import ProcessPoolExecutor


def square(number):
    return number * number, os.getpid()


async def main(executor):
    loop = asyncio.get_running_loop()
    results = await asyncio.gather(*[
        loop.run_in_executor(executor, square, number)
        for number in range(5)
    ])
    print([result for result, pid in results])
    print("in this process:", os.getpid() in dict(results).values())


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        asyncio.run(main(executor))
