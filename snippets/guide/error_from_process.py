"""A Process sends its error to the parent through a pipe."""

import multiprocessing


def run(sender, function, *args):
    with sender:
        try:
            sender.send((function(*args), None))
        except Exception as error:
            sender.send((None, error))


def invert(number):
    return 1 / number


if __name__ == "__main__":
    for number in (4, 0):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(
            target=run, args=(sender, invert, number)
        )
        process.start()
        sender.close()  # the child's copy is the only one now
        result, error = receiver.recv()
        process.join()
        print(f"{result=} {error=}")
