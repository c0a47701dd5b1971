"""Closes each process and both ends of each pipe after use."""

import multiprocessing
import resource  # POSIX only


def square(sender, number):
    sender.send(number * number)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    kept = []
    for number in range(20):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        with receiver, sender:
            process = multiprocessing.Process(
                target=square, args=(sender, number)
            )
            process.start()
            kept.append(receiver.recv())
            process.join()
            process.close()
    print(f"{len(kept)} results, the last is {kept[-1]}")
