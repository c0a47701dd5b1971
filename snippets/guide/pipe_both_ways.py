"""A child answers through a pipe until it gets None."""

import multiprocessing


def answer(connection):
    for question in iter(connection.recv, None):
        connection.send(question.upper())


if __name__ == "__main__":
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=answer, args=(theirs,))
    process.start()
    for question in ("yes", "no"):
        ours.send(question)
        print(ours.recv())
    ours.send(None)
    process.join()
