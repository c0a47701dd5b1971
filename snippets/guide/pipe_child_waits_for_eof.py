"""The child waits for the parent to close its end."""

import multiprocessing


def listen(connection):
    try:
        while True:
            print("child got:", connection.recv())
    except EOFError:
        print("child: the other end is closed")


if __name__ == "__main__":
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=listen, args=(theirs,))
    process.start()
    theirs.close()
    ours.send("the only item")
    ours.close()
    process.join()
