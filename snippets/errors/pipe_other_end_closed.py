"""The parent reads once more than the child has written."""

import multiprocessing


def count(sending):
    with sending:
        for number in range(2):
            sending.send(number)


if __name__ == "__main__":
    receiving, sending = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=count, args=(sending,))
    child.start()
    sending.close()  # the child's copy is the only one now
    child.join()
    for _ in range(3):
        print(receiving.recv())
