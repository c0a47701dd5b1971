"""The task can end only if the event loop runs meanwhile."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def set_up(event):
    global gate
    gate = event


def work():
    gate.wait()
    return "done"


async def open_gate():
    for _ in range(1000):
        await asyncio.sleep(0)
    print("the loop has gone round 1000 times")
    gate.set()


async def main(executor):
    loop = asyncio.get_running_loop()
    result = loop.run_in_executor(executor, work)
    await open_gate()
    print("task:", await result)


if __name__ == "__main__":
    gate = multiprocessing.Event()
    with ProcessPoolExecutor(1, None, set_up, [gate]) as executor:
        asyncio.run(main(executor))
