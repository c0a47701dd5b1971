"""A hundred waits: in threads, and in one thread with asyncio."""

import asyncio
import threading
import time


async def wait_in_coroutines():
    await asyncio.gather(*[asyncio.sleep(0.1) for _ in range(100)])


def wait_in_threads():
    threads = [
        threading.Thread(target=time.sleep, args=(0.1,))
        for _ in range(100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    start = time.perf_counter()
    wait_in_threads()
    threads = time.perf_counter() - start
    print(f"100 threads:    {threads:.2f} s")

    start = time.perf_counter()
    asyncio.run(wait_in_coroutines())
    coroutines = time.perf_counter() - start
    print(f"100 coroutines: {coroutines:.2f} s")

    if threads < 10 and coroutines < 10:
        print("In turn, the waits would take 10 s.")
