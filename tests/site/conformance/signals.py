"""Signals where a process waits, and what comes at the same time."""

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Client, Listener


def end(number, frame):
    sys.exit(0)


def compute(started):
    """For as long as it takes until the signal has come for certain."""
    signal.signal(signal.SIGTERM, end)
    started.set()
    finish = time.monotonic() + 1
    while time.monotonic() < finish:
        pass


def takes_lock(started, lock):
    compute(started)
    with lock:
        pass


def takes_message(started, connection):
    compute(started)
    connection.recv()


def listens(addresses):
    with Listener(("localhost", 0)) as listener:
        addresses.send(listener.address)
        addresses.recv()
        os._exit(3)


def terminated(target, argument):
    started = multiprocessing.Event()
    process = multiprocessing.Process(target=target, args=(started, argument))
    process.start()
    started.wait()
    process.terminate()
    process.join()
    return process.exitcode


def poke(times):
    for _ in range(times):
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGTERM)


def in_thread(function, *arguments):
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    return thread


def nothing_is_lost():
    lock = multiprocessing.Lock()
    print(terminated(takes_lock, lock), "the lock is free:", lock.acquire(timeout=5))
    reader, writer = multiprocessing.Pipe(duplex=False)
    writer.send("a message")
    print(terminated(takes_message, reader), "still there:", reader.poll(5))


def times_do_not_begin_again():
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    lock = multiprocessing.Lock()
    lock.acquire()
    ours, _theirs = multiprocessing.Pipe()  # both are kept: an end that is closed ends the poll
    waits = {
        "acquire": lambda: lock.acquire(timeout=0.5),
        "poll": lambda: ours.poll(0.5),
        "sleep": lambda: time.sleep(0.5),
        "asyncio": lambda: asyncio.run(asyncio.sleep(0.5)),
    }
    for name, wait in waits.items():
        began = time.monotonic()
        thread = in_thread(poke, 8)
        wait()
        print(name, "in time:", 0.49 < time.monotonic() - began < 1.4)
        thread.join()


def only_in_the_main_thread():
    for ask in (lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN), lambda: signal.set_wakeup_fd(-1)):
        try:
            print(ask())
        except ValueError as error:
            print(error)


async def handlers_of_a_loop():
    loop = asyncio.get_running_loop()
    for number in (signal.SIGKILL, 999):
        try:
            loop.add_signal_handler(number, print)
        except (RuntimeError, ValueError) as error:
            print(repr(error))
    reader, writer = multiprocessing.Pipe(duplex=False)
    ended = asyncio.Event()

    def read():
        try:
            print("read:", reader.recv())
        except EOFError:
            reader.close()  # without remove_reader
            ended.set()

    loop.add_reader(reader, read)
    writer.send(1)
    writer.close()
    await ended.wait()
    await asyncio.sleep(0.01)
    print("the loop goes on")
    other, writer = multiprocessing.Pipe(duplex=False)
    loop.add_reader(other, lambda: print("called"))
    signal.signal(signal.SIGTERM, lambda number, frame: print("removed:", loop.remove_reader(other)))
    thread = in_thread(poke, 1)
    await asyncio.sleep(0.4)
    thread.join()
    writer.send(2)
    print("nobody was called:", other.recv())


def exit_codes():
    for status in (-1, 256, 300):
        process = multiprocessing.Process(target=os._exit, args=(status,))
        process.start()
        process.join()
        print(status, "->", process.exitcode)


def who_listens_dies():
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=listens, args=(theirs,))
    process.start()
    address = ours.recv()
    ours.send("die")
    process.join()
    try:
        Client(address)
    except ConnectionRefusedError:
        print("refused")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nothing_is_lost()
    times_do_not_begin_again()
    in_thread(only_in_the_main_thread).join()
    asyncio.run(handlers_of_a_loop())
    exit_codes()
    who_listens_dies()
    for ask in (signal.getsignal, lambda number: signal.signal(number, signal.SIG_IGN)):
        try:
            ask(999)
        except ValueError as error:
            print(error)
