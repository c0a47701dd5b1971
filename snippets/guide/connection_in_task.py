"""Sends a connection and a socket to a worker that runs already."""

import multiprocessing
import socket


def use_connection(connection):
    with connection:
        connection.send("hello through a pipe")


def use_socket(sock):
    with sock:
        sock.sendall(b"hello through a socket")


if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    here, there = socket.socketpair()
    with multiprocessing.Pool(processes=1) as pool:
        with receiver, sender, here, there:
            pool.apply(use_connection, (sender,))
            print(receiver.recv())
            pool.apply(use_socket, (there,))
            print(here.recv(100).decode())
