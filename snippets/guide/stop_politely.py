"""The worker looks at an event between two steps of its work."""

import multiprocessing


def work(stop, sender):
    steps = 0
    while not stop.is_set():
        steps += 1
        if steps == 3:
            sender.send("three steps done")
    sender.send("clean up")


if __name__ == "__main__":
    stop = multiprocessing.Event()
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(
        target=work, args=(stop, sender)
    )
    process.start()
    sender.close()
    print(receiver.recv())
    stop.set()
    print(receiver.recv())
    process.join()
    print("exit code:", process.exitcode)
