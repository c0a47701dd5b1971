"""A worker calls the coroutine function, and nobody awaits it."""

import asyncio
from concurrent.futures import ProcessPoolExecutor


async def work(number):
    return 10 * number


async def main(executor):
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(executor, work, 1))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=1) as executor:
        asyncio.run(main(executor))
