"""asyncio beside processes and threads."""

import asyncio
import contextvars
import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

name = contextvars.ContextVar("name", default="nobody")


def square(number):
    return number * number


def invert(number):
    return 1 / number


async def doubled(number):
    await asyncio.sleep(0.01)
    return 2 * number


def loop_of_its_own(number):
    return asyncio.run(doubled(number))


def hello(connection):
    connection.send("hello")
    connection.close()


def interrupt(pid, number):
    os.kill(pid, number)


async def executors():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(2) as processes, ThreadPoolExecutor(2) as threads:
        print(await asyncio.gather(*[loop.run_in_executor(processes, square, number) for number in range(4)]))
        print(await asyncio.gather(*[loop.run_in_executor(threads, square, number) for number in range(4)]))
        print(await loop.run_in_executor(processes, loop_of_its_own, 21))
        print(await asyncio.to_thread(loop_of_its_own, 4))
        results = await asyncio.gather(
            *[loop.run_in_executor(processes, invert, number) for number in (1, 0)], return_exceptions=True
        )
        print(results)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(60))
                group.create_task(asyncio.wait_for(loop.run_in_executor(processes, invert, 0), 60))
        except* ZeroDivisionError as group:
            print(group.exceptions)


async def threads():
    gate = threading.Event()
    waiting = asyncio.create_task(asyncio.to_thread(gate.wait))
    for _ in range(100):
        await asyncio.sleep(0)
    print(waiting.done())
    gate.set()
    print(await waiting)
    name.set("context")
    print(await asyncio.to_thread(name.get))
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    threading.Thread(target=lambda: (time.sleep(0.05), loop.call_soon_threadsafe(event.set))).start()
    await event.wait()
    try:
        async with asyncio.timeout(0.05):
            await asyncio.sleep(60)
    except TimeoutError:
        print("time is over")


async def processes():
    loop = asyncio.get_running_loop()
    process = multiprocessing.Process(target=sys.exit, args=(3,))
    process.start()
    ended = asyncio.Event()
    loop.add_reader(process.sentinel, ended.set)
    await ended.wait()
    print(loop.remove_reader(process.sentinel), loop.remove_reader(process.sentinel))
    process.join()
    print(process.exitcode)
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=hello, args=(sender,))
    process.start()
    sender.close()
    received = loop.create_future()
    loop.add_reader(receiver, lambda: received.done() or received.set_result(receiver.recv()))
    print(await received)
    loop.remove_reader(receiver)
    await asyncio.to_thread(process.join)


async def signals():
    loop = asyncio.get_running_loop()
    seen = asyncio.Queue()
    loop.add_signal_handler(signal.SIGTERM, seen.put_nowait, "SIGTERM")
    process = multiprocessing.Process(target=interrupt, args=(os.getpid(), signal.SIGTERM))
    process.start()
    print(await seen.get())
    process.join()
    print(loop.remove_signal_handler(signal.SIGTERM), signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)


async def interrupted():
    process = multiprocessing.Process(target=interrupt, args=(os.getpid(), signal.SIGINT))
    process.start()
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        print("cancelled")
        raise
    finally:
        process.join()


async def nested():
    coroutine = doubled(1)
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()


async def generator():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print("generator closed")


async def left_open():
    async for number in generator():
        print(number)
        break
    task = asyncio.create_task(asyncio.sleep(60))
    task.add_done_callback(lambda task: print("cancelled at the end:", task.cancelled()))
    await asyncio.sleep(0)


if __name__ == "__main__":
    for main in (executors, threads, processes, signals, nested, left_open):
        print(f"-- {main.__name__}")
        asyncio.run(main())
    with asyncio.Runner() as runner:
        print(runner.run(doubled(1)), runner.run(doubled(2)))
    for ask in (asyncio.get_running_loop, asyncio.get_event_loop):
        try:
            ask()
        except RuntimeError as error:
            print(error)
    loop = asyncio.new_event_loop()
    print(loop.run_until_complete(doubled(5)), loop.is_running(), loop.close(), loop.is_closed())
    try:
        asyncio.run(interrupted())
    except KeyboardInterrupt:
        print("KeyboardInterrupt")
    print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
