"""Keeps every process and both ends of every pipe."""

import multiprocessing
import resource  # POSIX only


def square(sender, number):
    sender.send(number * number)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    kept = []
    for number in range(20):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(
            target=square, args=(sender, number)
        )
        process.start()
        result = receiver.recv()
        process.join()
        kept.append((process, receiver, sender))
    print("all 20 done")
