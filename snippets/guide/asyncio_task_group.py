"""A task group waits for all tasks, or raises what failed."""

import asyncio
from concurrent.futures import ProcessPoolExecutor


def invert(number):
    return 1 / number


async def in_process(executor, function, *args):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(executor, function, *args)


async def inverses(executor, numbers):
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(in_process(executor, invert, number))
            for number in numbers
        ]
    return [task.result() for task in tasks]


async def main(executor):
    print(await inverses(executor, [1, 2, 4]))
    try:
        print(await inverses(executor, [1, 0, 4]))
    except* ZeroDivisionError as group:
        print(group.exceptions)


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        asyncio.run(main(executor))
