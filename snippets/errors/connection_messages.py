"""What a connection says when the other end is gone."""

import multiprocessing
from multiprocessing.connection import Client, Listener
from threading import Thread


def show(call, *arguments):
    try:
        call(*arguments)
    except (OSError, multiprocessing.AuthenticationError) as error:
        print(f"{type(error).__name__}: {error}")


def accept(listener):
    try:
        listener.accept()
    except multiprocessing.AuthenticationError:
        pass  # the client has another key


if __name__ == "__main__":
    one, other = multiprocessing.Pipe()
    other.close()
    show(one.send, "hello")
    one.close()
    show(one.send, "hello")

    with Listener(("127.0.0.1", 0), authkey=b"right") as listener:
        address = listener.address
        server = Thread(target=accept, args=(listener,))
        server.start()
        show(lambda: Client(address, authkey=b"wrong"))
        server.join()
    show(lambda: Client(address, authkey=b"right"))
