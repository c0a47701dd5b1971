"""Can two blocking calls wait for each other?"""

import asyncio
import threading


def blocking_call(meeting):
    try:
        meeting.wait()  # until the other call is here too
        return "met the other"
    except threading.BrokenBarrierError:
        return "gave up"


async def in_coroutine(meeting):
    return blocking_call(meeting)


async def in_thread(meeting):
    return await asyncio.to_thread(blocking_call, meeting)


async def call_twice(way, timeout):
    meeting = threading.Barrier(2, timeout=timeout)
    results = await asyncio.gather(way(meeting), way(meeting))
    print(f"{way.__name__}: {', '.join(results)}")


if __name__ == "__main__":
    asyncio.run(call_twice(in_coroutine, timeout=0.2))
    asyncio.run(call_twice(in_thread, timeout=20))
