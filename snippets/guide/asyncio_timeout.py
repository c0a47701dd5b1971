"""The timeout ends the wait; the task goes on."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def set_up(*events):
    global begun, gate, ended
    begun, gate, ended = events


def work():
    begun.set()
    gate.wait()
    ended.set()


async def main(executor):
    loop = asyncio.get_running_loop()
    result = loop.run_in_executor(executor, work)
    await asyncio.to_thread(begun.wait)
    try:
        async with asyncio.timeout(0.1):
            await result
    except TimeoutError as error:
        print(repr(error), "cancelled:", result.cancelled())
    print("task has ended:", ended.is_set())
    gate.set()
    await asyncio.to_thread(ended.wait)
    print("task has ended:", ended.is_set())


if __name__ == "__main__":
    events = [multiprocessing.Event() for _ in range(3)]
    begun, gate, ended = events
    with ProcessPoolExecutor(1, None, set_up, events) as executor:
        asyncio.run(main(executor))
