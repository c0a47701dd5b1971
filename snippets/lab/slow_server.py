"""A server on this machine that answers late, and its client."""

import socket
import socketserver
import threading
import time


class LateAnswer(socketserver.BaseRequestHandler):
    def handle(self):
        time.sleep(0.05)
        self.request.sendall(b"here you are")


def serve():
    """Starts the server in a thread; its port."""
    server = socketserver.ThreadingTCPServer(
        ("127.0.0.1", 0), LateAnswer
    )
    threading.Thread(
        target=server.serve_forever, daemon=True
    ).start()
    return server.server_address[1]


def ask(port):
    """An I/O-bound task: waits for the answer."""
    with socket.create_connection(
        ("127.0.0.1", port)
    ) as connection:
        return connection.recv(100)
