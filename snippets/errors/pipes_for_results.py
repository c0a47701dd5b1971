"""Gets results through pipes: needs no lock and no queue."""

import multiprocessing


def square(sender, number):
    with sender:
        sender.send(number * number)


if __name__ == "__main__":
    started = []
    for number in (1, 2, 3):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(
            target=square, args=(sender, number)
        )
        process.start()
        sender.close()
        started.append((process, receiver))
    for process, receiver in started:
        with receiver:
            print(receiver.recv())
        process.join()
