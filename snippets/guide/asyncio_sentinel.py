"""The event loop itself watches the sentinel (not on Windows)."""

import asyncio
import multiprocessing
import sys


async def ended(process):
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    loop.add_reader(process.sentinel, event.set)
    await event.wait()
    loop.remove_reader(process.sentinel)
    process.join()


async def main(process):
    await ended(process)
    print("exit code:", process.exitcode)


if __name__ == "__main__":
    process = multiprocessing.Process(target=sys.exit, args=(3,))
    process.start()
    asyncio.run(main(process))
