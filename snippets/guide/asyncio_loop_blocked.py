"""result() blocks the event loop, and all other coroutines."""

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
    gate.set()


async def main(executor):
    opening = asyncio.create_task(open_gate())
    result = executor.submit(work)
    print("task:", result.result())
    await opening


if __name__ == "__main__":
    gate = multiprocessing.Event()
    with ProcessPoolExecutor(1, None, set_up, [gate]) as executor:
        asyncio.run(main(executor))
