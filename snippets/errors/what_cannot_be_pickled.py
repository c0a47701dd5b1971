"""What people try to send to a worker."""

import multiprocessing
import threading


def try_to_send(thing):
    receiver, sender = multiprocessing.Pipe(duplex=False)
    with receiver, sender:
        try:
            sender.send(thing)
        except TypeError as error:
            print(f"TypeError: {error}")


if __name__ == "__main__":
    try_to_send(threading.Lock())
    try_to_send(number for number in range(3))
    try_to_send(memoryview(b"bytes"))
    with open(__file__, encoding="utf-8") as file:
        try_to_send(file)
    with open(__file__, "rb") as file:
        try_to_send(file)
