"""Waits for whichever of three processes sends or ends first."""

import multiprocessing
from multiprocessing.connection import wait


def produce(name, sender):
    with sender:
        for number in range(2):
            sender.send(f"{name} {number}")


if __name__ == "__main__":
    receivers = []
    for name in ("a", "b", "c"):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        multiprocessing.Process(
            target=produce, args=(name, sender)
        ).start()
        sender.close()
        receivers.append(receiver)

    while receivers:
        for receiver in wait(receivers):
            try:
                print(receiver.recv())
            except EOFError:
                receivers.remove(receiver)
                receiver.close()
