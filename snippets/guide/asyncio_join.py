"""Waits for a Process without blocking the event loop."""

import asyncio
import multiprocessing
import sys


async def main(process):
    await asyncio.to_thread(process.join)
    print("exit code:", process.exitcode)


if __name__ == "__main__":
    process = multiprocessing.Process(target=sys.exit, args=(3,))
    process.start()
    asyncio.run(main(process))
